package plescope.replay.workload.text;

import static org.assertj.core.api.Assertions.assertThat;

import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;

/** Compares workloads in every field. */
final class SameWork {
    private SameWork() {}

    static void assertSame(Workload one, Workload other) {
        assertThat(one.roster()).isEqualTo(other.roster());
        assertThat(one.locks()).isEqualTo(other.locks());
        assertThat(one.spanNs()).isEqualTo(other.spanNs());
        assertThat(one.ipiCount()).isEqualTo(other.ipiCount());
        for (int ipi = 0; ipi < one.ipiCount(); ipi++) {
            assertThat(one.ipiReceiver(ipi)).isEqualTo(other.ipiReceiver(ipi));
        }
        for (int v = 0; v < one.vcpuCount(); v++) {
            VcpuWork a = one.work(v);
            VcpuWork b = other.work(v);
            assertThat(a.size()).isEqualTo(b.size());
            assertThat(a.userPermille()).isEqualTo(b.userPermille());
            for (int i = 0; i < a.size(); i++) {
                assertThat(a.kind(i) + " " + a.ns(i) + " " + a.ref(i))
                        .as("step " + i + " of vCPU " + v)
                        .isEqualTo(b.kind(i) + " " + b.ns(i) + " " + b.ref(i));
            }
        }
    }
}
