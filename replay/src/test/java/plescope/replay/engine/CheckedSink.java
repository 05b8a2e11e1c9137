package plescope.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import plescope.replay.contract.KeptSchedule;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Ipi;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.Wakeup;
import plescope.replay.workload.Workload;

/** Keeps a schedule and fails the test where it breaks what must hold for every simulation. */
public final class CheckedSink extends KeptSchedule {
    public final List<VcpuInterval> intervals = intervals();
    public final List<VmExit> exits = exits();
    public final List<SpinEpisode> episodes = episodes();
    public final List<DirectedYield> yields = yields();
    public final List<Wait> waits = waits();
    public final List<Ipi> ipis = ipis();
    public final List<Wakeup> wakeups = wakeups();
    public final List<Object> rows = rows();

    /** Checks the whole schedule of a workload against its summary. */
    public void check(Workload work, SimulationSummary summary) {
        assertThat(breaches(work, summary)).isEmpty();
    }

    /** Checks the whole schedule of any software against its summary. */
    public void check(SimulationSummary summary) {
        assertThat(breaches(summary)).isEmpty();
    }
}
