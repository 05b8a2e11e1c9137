package plescope.parser.text;

import plescope.parser.event.ThreadNamed;
import plescope.parser.grammar.EightBytes;
import plescope.parser.text.BatchStep.NameNote;
import plescope.parser.text.BatchStep.Source;

/** Threads are named as they show up, before their event goes out; in a chunk, what is news there is noted for the whole log to judge. */
final class ThreadNaming {
    private final LineBytes line;
    private final Prefix prefix;
    private final EventSequence sequence;
    private final ThreadNames threads;
    /** Where the news of a chunk are kept, null where the whole log is read in order. */
    private final EventBatch batch;

    private long number;

    ThreadNaming(LineBytes line, Prefix prefix, EventSequence sequence) {
        this.line = line;
        this.prefix = prefix;
        this.sequence = sequence;
        batch = sequence instanceof EventBatch chunk ? chunk : null;
        threads = new ThreadNames(batch != null);
    }

    void startLine(long lineNumber) {
        number = lineNumber;
    }

    /** The current prefix names its thread, if it has a whole comm. */
    void prefix(long timestampNs) {
        if (prefix.named && threads.prefix(prefix.tid, prefix.tgid, prefix.commLow, prefix.commHigh)) {
            name(Source.PREFIX, timestampNs, prefix.tid, prefix.tgid, prefix.commFrom, prefix.commTo);
        }
    }

    void payload(long timestampNs, int tid, int from, int to) {
        if (tid > 0 && threads.payload(tid, line.buffer(), line.offset() + from, line.offset() + to)) {
            name(Source.PAYLOAD, timestampNs, tid, -1, from, to);
        }
    }

    void commRecord(int tid, int tgid, int from, int to) {
        if (tid > 0 && threads.prefix(tid, tgid, line.buffer(), line.offset() + from, line.offset() + to)) {
            name(Source.COMM_RECORD, batch == null ? sequence.newestNs() : 0, tid, tgid, from, to);
        }
    }

    void forked(int tid, int tgid, int parentTid) {
        if (batch != null) {
            note(Source.FORK_RECORD, named(0, tid, tgid, ""), 0, 0, parentTid);
            // the parent may have had its name since before this chunk
            threads.clear();
        } else if (tid > 0 && threads.fork(tid, tgid, parentTid)) {
            processKnown(tid);
        }
    }

    void process(int tid, int tgid) {
        if (tid <= 0) {
            return;
        }
        boolean news = threads.process(tid, tgid);
        if (batch != null && (news || !threads.knows(tid))) {
            note(Source.OTHER_RECORD, named(0, tid, tgid, ""), 0, 0, -1);
        } else if (news) {
            processKnown(tid);
        }
    }

    private void processKnown(int tid) {
        sequence.add(named(sequence.newestNs(), tid, threads.tgid(tid), threads.name(tid)));
    }

    private void name(Source source, long timestampNs, int tid, int tgid, int from, int to) {
        if (batch == null) {
            sequence.add(named(timestampNs, tid, threads.tgid(tid), line.text(from, to)));
            return;
        }
        int at = line.offset() + from;
        int end = line.offset() + to;
        long low = EightBytes.upTo(line.buffer(), at, Math.min(end, at + Long.BYTES));
        long high = EightBytes.upTo(line.buffer(), at + Long.BYTES, Math.min(end, at + 2 * Long.BYTES));
        note(source, named(timestampNs, tid, tgid, line.text(from, to)), low, high, -1);
    }

    private ThreadNamed named(long timestampNs, int tid, int tgid, String comm) {
        return new ThreadNamed(timestampNs, prefix.pcpu, prefix.tid, number, tid, tgid, comm);
    }

    private void note(Source source, ThreadNamed shown, long low, long high, int parentTid) {
        batch.add(new NameNote(batch.size(), source, shown, low, high, parentTid));
    }

    /** Notes what a chunk showed, and passes it on if it is news to the whole log. */
    void apply(NameNote note) {
        ThreadNamed shown = note.shown();
        int tid = shown.namedTid();
        if (isNews(note, shown, tid)) {
            sequence.add(new ThreadNamed(
                    note.isTimed() ? shown.timestampNs() : sequence.newestNs(),
                    shown.pcpu(),
                    shown.tid(),
                    shown.line(),
                    tid,
                    threads.tgid(tid),
                    shown.comm().isEmpty() ? threads.name(tid) : shown.comm()));
        }
    }

    private boolean isNews(NameNote note, ThreadNamed shown, int tid) {
        return switch (note.source()) {
            case PREFIX, COMM_RECORD -> threads.prefix(tid, shown.tgid(), note.low(), note.high());
            case PAYLOAD -> threads.payload(tid, note.low(), note.high());
            case FORK_RECORD -> tid > 0 && threads.fork(tid, shown.tgid(), note.parentTid());
            case OTHER_RECORD -> threads.process(tid, shown.tgid());
        };
    }
}
