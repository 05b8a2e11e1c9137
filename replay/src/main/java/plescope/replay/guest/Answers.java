package plescope.replay.guest;

import plescope.replay.model.Wait;

/** Whose answers a task waits for after it interrupted other vCPUs ({@code call_single_data} of each receiver). */
final class Answers {
    private final long[] missing;
    private int left;

    Wait.Cause cause;
    long sinceNs;
    /** Has asked the host to run a receiver. */
    boolean yielded;

    Answers(int vcpus) {
        missing = new long[(vcpus + 63) >> 6];
    }

    void begin(Wait.Cause why, long now) {
        cause = why;
        sinceNs = now;
        yielded = false;
    }

    void expect(int vcpu) {
        missing[vcpu >> 6] |= 1L << vcpu;
        left++;
    }

    void answered(int vcpu) {
        if (missing(vcpu)) {
            missing[vcpu >> 6] &= ~(1L << vcpu);
            left--;
        }
    }

    boolean missing(int vcpu) {
        return (missing[vcpu >> 6] >>> vcpu & 1) != 0;
    }

    boolean complete() {
        return left == 0;
    }
}
