package plescope.replay.engine.reference;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.engine.reference.SlowHost.Switch;
import plescope.replay.model.SelectiveSink;

/** Keeps context switches, in thread ids turned into vCPU indices. */
final class RecordedSwitches extends SelectiveSink {
    final List<Switch> all = new ArrayList<>();

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        all.add(new Switch(timeNs, pcpu, index(prevTid), index(nextTid)));
    }

    private static int index(int tid) {
        return tid == 0 ? -1 : tid - 1000;
    }
}
