package plescope.analysis.recording;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import plescope.analysis.recording.RecordingWindows.Window;
import plescope.replay.whatif.Recording;
import plescope.replay.workload.Workload;

/** A recording to replay again and again: all of it in memory, or in windows that are read anew each time. */
public interface RecordingSource extends Closeable {
    /** The whole; where it is in windows without its work. */
    Recording recording();

    /** Work of its VMs, a little at least: what a what-if can be tried on. */
    Workload sample();

    /** The parts in order; let go of one before the next is taken. */
    Iterator<Window> windows();

    /** How many parts there are. */
    int count();

    /** How it is cut: equal words for equal windows; empty where it is not. */
    String cut();

    @Override
    void close() throws IOException;

    /** A recording that is in memory. */
    static RecordingSource of(Recording recording) {
        return new WholeSource(recording);
    }
}
