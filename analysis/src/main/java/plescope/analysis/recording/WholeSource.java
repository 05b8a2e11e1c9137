package plescope.analysis.recording;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import plescope.analysis.recording.RecordingWindows.Window;
import plescope.replay.whatif.Recording;
import plescope.replay.workload.Workload;

/** A recording that is in memory, and stays there with every member drawn of it. */
final class WholeSource implements RecordingSource {
    private final Map<Integer, Workload> drawn = new ConcurrentHashMap<>();
    private final Recording recording;

    WholeSource(Recording from) {
        recording = new Recording(
                from.name(),
                from.roster(),
                member -> drawn.computeIfAbsent(member, from.work()::draw),
                from.host(),
                from.measured(),
                from.spin(),
                from.spinReason());
    }

    @Override
    public Recording recording() {
        return recording;
    }

    @Override
    public Workload sample() {
        return recording.work().draw(0);
    }

    @Override
    public Iterator<Window> windows() {
        return List.of(new Window(recording, 0)).iterator();
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public String cut() {
        return "";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
