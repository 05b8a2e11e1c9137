/** From a file or stream, packed or not, to the text inside: told by the first bytes, refused where it is no text. */
package plescope.parser.input;
