package plescope.replay.guest;

import java.util.ArrayDeque;

/** A bounded queue of messages; those who find it full or empty sleep in order of arrival, and none overtakes them. */
final class MessageChannel {
    private final GuestVm vm;
    private final int capacity;
    private final ArrayDeque<GuestTask> senders = new ArrayDeque<>();
    private final ArrayDeque<GuestTask> receivers = new ArrayDeque<>();
    private int messages;

    MessageChannel(GuestVm vm, int capacity) {
        this.vm = vm;
        this.capacity = capacity;
    }

    /** Whether the message is sent; else the sender sleeps, and it is sent when the sender is woken. */
    boolean send(GuestTask sender) {
        GuestTask receiver = receivers.poll();
        if (receiver != null) {
            vm.scheduler.wake(receiver, sender.vcpu, true);
            return true;
        }
        if (messages < capacity) {
            messages++;
            return true;
        }
        senders.add(sender);
        return false;
    }

    /** Whether a message was there; else the receiver sleeps, and has one when it is woken. */
    boolean receive(GuestTask receiver) {
        GuestTask sender = senders.poll();
        if (sender != null) {
            // Its message takes the place of the one received.
            vm.scheduler.wake(sender, receiver.vcpu, true);
            return true;
        }
        if (messages > 0) {
            messages--;
            return true;
        }
        receivers.add(receiver);
        return false;
    }
}
