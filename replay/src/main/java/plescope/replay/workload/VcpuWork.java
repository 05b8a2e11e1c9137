package plescope.replay.workload;

import java.util.Arrays;

/** The steps of one vCPU, in order, in primitive arrays: a trace may have millions. */
public final class VcpuWork {
    private final StepKind[] kinds;
    private final long[] ns;
    private final int[] refs;
    private final int userPermille;
    private final long totalWorkNs;

    private VcpuWork(StepKind[] kinds, long[] ns, int[] refs, int userPermille) {
        this.kinds = kinds;
        this.ns = ns;
        this.refs = refs;
        this.userPermille = userPermille;
        long total = 0;
        for (int i = 0; i < kinds.length; i++) {
            total += kinds[i] == StepKind.COMPUTE ? ns[i] : 0;
        }
        this.totalWorkNs = total;
    }

    public int size() {
        return kinds.length;
    }

    public StepKind kind(int step) {
        return kinds[step];
    }

    /** The step's nanoseconds, work offset or count; its meaning depends on the kind. */
    public long ns(int step) {
        return ns[step];
    }

    /** The step's vCPU index or IPI id; its meaning depends on the kind. */
    public int ref(int step) {
        return refs[step];
    }

    /** Sum of all COMPUTE steps: the work offset at the end. */
    public long totalWorkNs() {
        return totalWorkNs;
    }

    /** How often the host finds it in user mode where it computes and holds no lock; all else is its kernel's. */
    public int userPermille() {
        return userPermille;
    }

    /** The same steps, found in user mode so often. */
    public VcpuWork inUser(int permille) {
        if (permille < 0 || permille > 1000) {
            throw new IllegalArgumentException("a share in permille lies in 0..1000, was " + permille);
        }
        return permille == userPermille ? this : new VcpuWork(kinds, ns, refs, permille);
    }

    /** Collects steps; adjacent COMPUTE steps merge. */
    public static final class Builder {
        private StepKind[] kinds = new StepKind[16];
        private long[] ns = new long[16];
        private int[] refs = new int[16];
        private int size;

        public Builder compute(long workNs) {
            if (workNs < 0) {
                throw new IllegalArgumentException("negative work: " + workNs);
            }
            if (workNs == 0) {
                return this;
            }
            if (size > 0 && kinds[size - 1] == StepKind.COMPUTE) {
                ns[size - 1] += workNs;
                return this;
            }
            return add(StepKind.COMPUTE, workNs, -1);
        }

        public Builder add(StepKind kind, long stepNs, int ref) {
            if (size == kinds.length) {
                kinds = Arrays.copyOf(kinds, size * 2);
                ns = Arrays.copyOf(ns, size * 2);
                refs = Arrays.copyOf(refs, size * 2);
            }
            kinds[size] = kind;
            ns[size] = stepNs;
            refs[size] = ref;
            size++;
            return this;
        }

        public VcpuWork build() {
            return new VcpuWork(Arrays.copyOf(kinds, size), Arrays.copyOf(ns, size), Arrays.copyOf(refs, size), 0);
        }
    }
}
