package plescope.replay.model;

import java.util.Arrays;

/** A set of CPU numbers that never changes ({@code struct cpumask}), written as Linux writes CPU lists: {@code 0-3,8}. */
public final class CpuSet {
    /** Largest CPU number plus one; {@code CONFIG_NR_CPUS} of a distribution kernel. */
    public static final int MAX_CPUS = 8192;

    private final long[] words;

    private CpuSet(long[] words) {
        int used = words.length;
        while (used > 0 && words[used - 1] == 0) {
            used--;
        }
        this.words = used == words.length ? words : Arrays.copyOf(words, used);
    }

    /** CPUs 0 to {@code count} - 1. */
    public static CpuSet first(int count) {
        return range(0, count - 1);
    }

    /** CPUs {@code from} to {@code to}, both included; empty if {@code to} lies below {@code from}. */
    public static CpuSet range(int from, int to) {
        long[] words = new long[wordsFor(to)];
        for (int cpu = from; cpu <= to; cpu++) {
            words[cpu >> 6] |= 1L << cpu;
        }
        return new CpuSet(words);
    }

    public static CpuSet of(int... cpus) {
        long[] words = new long[0];
        for (int cpu : cpus) {
            words = Arrays.copyOf(words, Math.max(words.length, wordsFor(cpu)));
            words[cpu >> 6] |= 1L << cpu;
        }
        return new CpuSet(words);
    }

    private static int wordsFor(int highest) {
        if (highest >= MAX_CPUS) {
            throw new IllegalArgumentException("CPU numbers must lie below " + MAX_CPUS + ", was " + highest);
        }
        return highest < 0 ? 0 : (highest >> 6) + 1;
    }

    /** Reads a CPU list such as {@code 0-3,8}; an empty text is the empty set. */
    public static CpuSet parse(String list) {
        CpuSet set = of();
        if (list.isBlank()) {
            return set;
        }
        for (String part : list.split(",", -1)) {
            int dash = part.indexOf('-');
            int from = number(dash < 0 ? part : part.substring(0, dash), list);
            int to = dash < 0 ? from : number(part.substring(dash + 1), list);
            if (to < from) {
                throw new IllegalArgumentException("CPU list '" + list + "': '" + part + "' runs backwards");
            }
            set = set.or(range(from, to));
        }
        return set;
    }

    private static int number(String text, String list) {
        int cpu;
        try {
            cpu = Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            // no number, or one beyond any CPU's
            cpu = -1;
        }
        if (cpu < 0) {
            throw new IllegalArgumentException("CPU list '" + list + "': '" + text + "' is no CPU number");
        }
        return cpu;
    }

    public boolean contains(int cpu) {
        int word = cpu >> 6;
        return word < words.length && (words[word] >>> cpu & 1) != 0;
    }

    public boolean isEmpty() {
        return words.length == 0;
    }

    /** Number of CPUs. */
    public int size() {
        int size = 0;
        for (long word : words) {
            size += Long.bitCount(word);
        }
        return size;
    }

    /** The least CPU at or above {@code from}, -1 if there is none ({@code cpumask_next}). */
    public int next(int from) {
        int word = from >> 6;
        if (word >= words.length) {
            return -1;
        }
        long rest = words[word] >>> from << from;
        while (rest == 0) {
            if (++word == words.length) {
                return -1;
            }
            rest = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
    }

    /** The least CPU, -1 if there is none. */
    public int first() {
        return next(0);
    }

    public CpuSet and(CpuSet other) {
        long[] common = Arrays.copyOf(words, Math.min(words.length, other.words.length));
        for (int i = 0; i < common.length; i++) {
            common[i] &= other.words[i];
        }
        return new CpuSet(common);
    }

    public CpuSet or(CpuSet other) {
        long[] either = Arrays.copyOf(words, Math.max(words.length, other.words.length));
        for (int i = 0; i < other.words.length; i++) {
            either[i] |= other.words[i];
        }
        return new CpuSet(either);
    }

    /** This set without the CPUs of {@code other}. */
    public CpuSet without(CpuSet other) {
        long[] rest = words.clone();
        for (int i = 0; i < Math.min(rest.length, other.words.length); i++) {
            rest[i] &= ~other.words[i];
        }
        return new CpuSet(rest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpuSet set && Arrays.equals(words, set.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    /** As a CPU list. */
    @Override
    public String toString() {
        StringBuilder list = new StringBuilder();
        for (int from = first(); from >= 0; ) {
            int to = from;
            while (contains(to + 1)) {
                to++;
            }
            list.append(list.length() == 0 ? "" : ",").append(from);
            if (to > from) {
                list.append('-').append(to);
            }
            from = next(to + 1);
        }
        return list.toString();
    }
}
