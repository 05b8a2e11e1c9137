package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IpiContextTest {
    private static final long MS = 1_000_000;
    private static final int CALL = 0xfb;
    private static final int RESCHEDULE = 0xfd;

    private final FakeHost host = FakeHost.of(4, 1, 4);

    private IpiContext context(boolean keepsOwnSend, boolean matchesVector) {
        IpiContext ipis = new IpiContext(50 * MS, keepsOwnSend, matchesVector);
        ipis.resize(4);
        ipis.start(host);
        return ipis;
    }

    @Test
    void onlyTheLastOfTwoReceiversIsRemembered() {
        IpiContext ipis = context(false, false);
        ipis.onIpi(host.vcpu(0), host.vcpu(1), 1, CALL);
        ipis.onIpi(host.vcpu(0), host.vcpu(2), 1, CALL);
        assertThat(ipis.awaited(host.vcpu(0))).isEqualTo(2);
        ipis.onEoi(host.vcpu(1), CALL);
        assertThat(ipis.awaited(host.vcpu(0))).as("the first one's EOI").isEqualTo(2);
        ipis.onEoi(host.vcpu(2), CALL);
        assertThat(ipis.awaited(host.vcpu(0))).isEqualTo(-1);
    }

    @Test
    void aSendCountsForTheWindow() {
        IpiContext ipis = context(false, false);
        ipis.onIpi(host.vcpu(0), host.vcpu(1), 1, CALL);
        host.now = 50 * MS;
        assertThat(ipis.awaited(host.vcpu(0))).isEqualTo(1);
        host.now = 50 * MS + 1;
        assertThat(ipis.awaited(host.vcpu(0))).isEqualTo(-1);
    }

    @Test
    void broadcastsAndSelfIpisSayNothing() {
        IpiContext ipis = context(false, false);
        ipis.onIpi(host.vcpu(0), host.vcpu(1), 2, CALL);
        ipis.onIpi(host.vcpu(0), host.vcpu(0), 1, CALL);
        assertThat(ipis.awaited(host.vcpu(0))).isEqualTo(-1);
    }

    /** 0 waits for 1, and 1 for 2, when 1 handles the interrupt of 0. */
    @Test
    void anEoiWipesTheReceiversOwnSendInVersionTwoOnly() {
        for (boolean keeps : new boolean[] {false, true}) {
            IpiContext ipis = context(keeps, false);
            ipis.onIpi(host.vcpu(1), host.vcpu(2), 1, CALL);
            ipis.onIpi(host.vcpu(0), host.vcpu(1), 1, CALL);
            ipis.onEoi(host.vcpu(1), CALL);
            assertThat(ipis.awaited(host.vcpu(0))).isEqualTo(-1);
            assertThat(ipis.awaited(host.vcpu(1))).isEqualTo(keeps ? 2 : -1);
        }
    }

    @Test
    void versionThreeWaitsForTheEoiOfItsVector() {
        IpiContext ipis = context(true, true);
        ipis.onIpi(host.vcpu(0), host.vcpu(1), 1, CALL);
        ipis.onEoi(host.vcpu(1), RESCHEDULE);
        assertThat(ipis.awaited(host.vcpu(0))).isEqualTo(1);
        ipis.onEoi(host.vcpu(1), CALL);
        assertThat(ipis.awaited(host.vcpu(0))).isEqualTo(-1);
    }
}
