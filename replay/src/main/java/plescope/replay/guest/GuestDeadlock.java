package plescope.replay.guest;

/**
 * A guest's tasks wait for each other in a circle, or spin for what nobody can bring about: a fault of the scenario's programs, as
 * a kernel's lock checker would report it. The message names the VM, the tasks, their vCPUs and the locks.
 */
public final class GuestDeadlock extends RuntimeException {
    private static final long serialVersionUID = 1;

    GuestDeadlock(String message) {
        super(message);
    }
}
