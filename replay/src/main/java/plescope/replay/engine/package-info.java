/** The discrete-event simulation: one event queue, one advance loop, guests that work through their steps on pCPUs. */
package plescope.replay.engine;
