/** Holds simulations against published figures: which ones come out with the right sign, order and neutrality. */
package plescope.analysis.reproduce;
