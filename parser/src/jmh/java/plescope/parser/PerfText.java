package plescope.parser;

import java.nio.charset.StandardCharsets;

/** Text of perf script as a busy host gives it: exits and entries of four vCPUs, every tenth line a switch. */
final class PerfText {
    private PerfText() {}

    static byte[] lines(int count) {
        StringBuilder text = new StringBuilder(count * 130);
        for (int i = 0; i < count; i++) {
            int vcpu = i / 2 % 4;
            text.append("       CPU ")
                    .append(vcpu)
                    .append("/KVM   17")
                    .append(vcpu)
                    .append(" [00")
                    .append(i % 2);
            // 8 us apart, six decimals
            text.append("]     3.").append(100_000 + i * 8);
            text.append(payload(i, vcpu)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String payload(int i, int vcpu) {
        if (i % 10 == 9) {
            return ":                 sched:sched_switch: prev_comm=CPU " + vcpu + "/KVM prev_pid=17" + vcpu
                    + " prev_prio=120 prev_state=R ==> next_comm=swapper/0 next_pid=0 next_prio=120";
        }
        return i % 2 == 0
                ? ":                       kvm:kvm_exit: vcpu " + vcpu + " reason pause rip 0xffffffff8117043f info1"
                        + " 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000"
                : ":                      kvm:kvm_entry: vcpu " + vcpu + ", rip 0xffffffff81170441";
    }
}
