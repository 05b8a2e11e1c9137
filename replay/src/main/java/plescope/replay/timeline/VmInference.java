package plescope.replay.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import plescope.replay.model.Roster;

/**
 * Groups vCPU threads into VMs: thread map, else process id, else the processes that kernel threads are named after, else the
 * likeliest partition in which no VM has one vCPU number twice. All but the first two are guesses, and say so.
 */
final class VmInference {
    /** In a shared process or map entry: certain. */
    private static final double CERTAIN = 1e9;
    /** Threads created one after the other, in sixteenths of a log-likelihood; falls with the tid distance [I]. */
    private static final double NEIGHBOUR = 48;
    /** VMMs create vCPU threads in the order of their numbers; hot-plugged ones may differ. */
    private static final double WRONG_ORDER = -160;
    /** Groups that speak against each other this strongly stay apart although their numbers would fit. */
    private static final double APART = -160;

    /** Guessing compares every two vCPUs: beyond so many, thread ids alone have to do. */
    static final int MOST_COMPARED = 256;

    private static final String BY_SERVANTS =
            "kvm-pit/PID or vhost-PID threads name the processes, and thread ids follow them";
    private static final String BY_RANK =
            "every vCPU number occurs once per VM; thread ids run evenly, and IPIs do not contradict";
    private static final String BY_NEIGHBOURS =
            "no VM has a vCPU number twice; thread ids are near each other, and IPIs do not contradict";
    private static final String ALONE = "no vCPU number occurs twice, so that one VM explains all threads";

    private final ThreadMap threads;
    private final ThreadNames names;
    private final SiblingEvidence evidence;
    private final VmPartition partition;
    private final Map<Integer, ThreadMap.Entry> mapped = new HashMap<>();

    VmInference(ThreadMap threads, ThreadNames names, SiblingEvidence evidence) {
        this.threads = threads;
        this.names = names;
        this.evidence = evidence;
        this.partition = new VmPartition(evidence);
        for (ThreadMap.Entry entry : threads.entries()) {
            mapped.put(entry.tid(), entry);
        }
    }

    /** The vCPU number the thread map gives, -1 where it has none. */
    int mappedNumber(int tid) {
        ThreadMap.Entry entry = mapped.get(tid);
        return entry == null ? -1 : entry.vcpu();
    }

    VmGrouping group(List<VcpuTrack> tracks) {
        boolean toldApart = tracks.stream().anyMatch(this::isToldApart);
        boolean allTold = mapped.isEmpty() && tracks.stream().allMatch(track -> names.tgid(track.tid) >= 0);
        boolean compared = !allTold && tracks.size() <= MOST_COMPARED;
        List<List<VcpuTrack>> served = toldApart ? null : served(tracks);
        List<List<VcpuTrack>> split = toldApart || served != null || !compared ? null : partition.split(tracks);
        List<List<VcpuTrack>> groups = served != null
                ? served
                : split != null ? new ArrayList<>(split) : compared ? merge(tracks) : neighbours(tracks);
        String guess = served != null ? BY_SERVANTS : split != null ? BY_RANK : BY_NEIGHBOURS;
        groups.sort((a, b) -> Integer.compare(lowestTid(a), lowestTid(b)));
        int[] vmOfVcpu = new int[tracks.size()];
        int[] numbers = new int[tracks.size()];
        List<Roster.Vm> vms = new ArrayList<>();
        for (List<VcpuTrack> group : groups) {
            int id = vms.size();
            for (VcpuTrack track : group) {
                vmOfVcpu[track.index] = id;
                numbers[track.index] = track.number;
            }
            vms.add(describe(id, group, served != null));
        }
        return new VmGrouping(vmOfVcpu, numbers, vms, vms.size() == 1 && served == null ? ALONE : guess);
    }

    /** By the processes that kernel threads are named after; null where those explain not every thread or one number twice. */
    private List<List<VcpuTrack>> served(List<VcpuTrack> tracks) {
        Map<Integer, List<VcpuTrack>> byProcess = new TreeMap<>();
        Set<Long> taken = new HashSet<>();
        for (VcpuTrack track : tracks) {
            int process = names.servedProcess(track.tid);
            boolean twice = track.number >= 0 && !taken.add(((long) process << Integer.SIZE) | track.number);
            if (process < 0 || twice) {
                return null;
            }
            byProcess.computeIfAbsent(process, p -> new ArrayList<>()).add(track);
        }
        return new ArrayList<>(byProcess.values());
    }

    private boolean isToldApart(VcpuTrack track) {
        return mapped.containsKey(track.tid) || names.tgid(track.tid) >= 0;
    }

    /** Told apart where the user or the log does; of the others, a new VM begins wherever the numbers do not rise with the thread ids. */
    private List<List<VcpuTrack>> neighbours(List<VcpuTrack> tracks) {
        Map<Integer, String> vmOfProcess = new HashMap<>();
        for (VcpuTrack track : tracks) {
            ThreadMap.Entry entry = mapped.get(track.tid);
            if (entry != null && names.tgid(track.tid) >= 0) {
                vmOfProcess.put(names.tgid(track.tid), entry.vm());
            }
        }
        Map<Object, List<VcpuTrack>> told = new HashMap<>();
        List<List<VcpuTrack>> groups = new ArrayList<>();
        List<VcpuTrack> current = null;
        List<VcpuTrack> byTid = new ArrayList<>(tracks);
        byTid.sort(Comparator.comparingInt(track -> track.tid));
        for (VcpuTrack track : byTid) {
            Object identity = identity(track, vmOfProcess);
            VcpuTrack last = current == null ? null : current.get(current.size() - 1);
            if (identity != null) {
                told.computeIfAbsent(identity, i -> newGroup(groups)).add(track);
            } else if (last != null && track.number > last.number) {
                current.add(track);
            } else {
                current = newGroup(groups);
                current.add(track);
            }
        }
        return groups;
    }

    private static List<VcpuTrack> newGroup(List<List<VcpuTrack>> groups) {
        groups.add(new ArrayList<>());
        return groups.get(groups.size() - 1);
    }

    /** The name of its VM, or the process it belongs to; null where neither is known. */
    private Object identity(VcpuTrack track, Map<Integer, String> vmOfProcess) {
        ThreadMap.Entry entry = mapped.get(track.tid);
        if (entry != null) {
            return entry.vm();
        }
        int tgid = names.tgid(track.tid);
        return tgid < 0 ? null : vmOfProcess.containsKey(tgid) ? vmOfProcess.get(tgid) : (Object) tgid;
    }

    private List<List<VcpuTrack>> merge(List<VcpuTrack> tracks) {
        PairScores scores = new PairScores(tracks.size(), (a, b) -> score(tracks.get(a), tracks.get(b)));
        List<List<VcpuTrack>> groups = new ArrayList<>();
        for (int[] members : new PairwiseMerging(scores, APART).merge()) {
            groups.add(Arrays.stream(members).mapToObj(tracks::get).toList());
        }
        return groups;
    }

    private double score(VcpuTrack a, VcpuTrack b) {
        ThreadMap.Entry mapA = mapped.get(a.tid);
        ThreadMap.Entry mapB = mapped.get(b.tid);
        if (mapA != null && mapB != null) {
            return mapA.vm().equals(mapB.vm()) ? CERTAIN : Double.NEGATIVE_INFINITY;
        }
        int tgidA = names.tgid(a.tid);
        int tgidB = names.tgid(b.tid);
        if (tgidA >= 0 && tgidB >= 0) {
            return tgidA == tgidB ? CERTAIN : Double.NEGATIVE_INFINITY;
        }
        if (a.number >= 0 && a.number == b.number) {
            return Double.NEGATIVE_INFINITY;
        }
        return neighbourhood(a, b) + evidence.score(a.index, b.index);
    }

    private static double neighbourhood(VcpuTrack a, VcpuTrack b) {
        int numbers = b.number - a.number;
        int tids = b.tid - a.tid;
        if (a.number < 0 || b.number < 0) {
            return NEIGHBOUR / Math.abs(tids);
        }
        if ((numbers > 0) != (tids > 0)) {
            return WRONG_ORDER;
        }
        double perVcpu = (double) tids / numbers;
        return NEIGHBOUR / Math.max(1, perVcpu) / Math.abs(numbers);
    }

    private Roster.Vm describe(int id, List<VcpuTrack> group, boolean served) {
        int tgid = -1;
        for (VcpuTrack track : group) {
            ThreadMap.Entry entry = mapped.get(track.tid);
            if (entry != null) {
                return new Roster.Vm(id, entry.vm(), entry.tgid(), Roster.Grouping.THREAD_MAP);
            }
            tgid = Math.max(tgid, names.tgid(track.tid));
        }
        if (served) {
            tgid = names.servedProcess(group.get(0).tid);
        }
        Roster.Grouping grouping = tgid >= 0 && !served ? Roster.Grouping.TGID : Roster.Grouping.INFERRED;
        return new Roster.Vm(id, freeName(id), tgid, grouping);
    }

    /** {@code vm0}, {@code vm1}; with a prime where the user's map took that name for another VM. */
    private String freeName(int id) {
        String name = "vm" + id;
        for (ThreadMap.Entry entry : threads.entries()) {
            if (entry.vm().equals(name)) {
                return name + "'";
            }
        }
        return name;
    }

    private static int lowestTid(List<VcpuTrack> group) {
        int lowest = Integer.MAX_VALUE;
        for (VcpuTrack track : group) {
            lowest = Math.min(lowest, track.tid);
        }
        return lowest;
    }
}
