package plescope.replay.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.ByTid;
import plescope.replay.model.Roster;

/** Last known name and process id of every thread: what the log says, and behind it what the user's list says. */
final class ThreadNames {
    /**
     * Kernel threads named after the process they serve: {@code kvm-pit/} by the VMM's process id, {@code vhost-} by the id of the
     * thread that owns the device, which is the VMM's main thread [K].
     */
    private static final List<String> SERVANTS = List.of("kvm-pit/", "vhost-");

    private final Map<Integer, Roster.HostThread> byTid = new HashMap<>();
    private final Map<Integer, Roster.HostThread> listed = new HashMap<>();
    private final TreeSet<Integer> served = new TreeSet<>();

    ThreadNames(List<Roster.HostThread> listed) {
        for (Roster.HostThread thread : listed) {
            this.listed.put(thread.tid(), thread);
            serves(thread.comm());
        }
    }

    private void serves(String comm) {
        for (String servant : SERVANTS) {
            int process = comm.startsWith(servant) ? digits(comm, servant.length(), comm.length()) : -1;
            if (process > 0) {
                served.add(process);
            }
        }
    }

    /** The VMM that kernel threads name and whose thread ids this one follows, -1 where none does. */
    int servedProcess(int tid) {
        Integer process = served.floor(tid);
        return process == null ? -1 : process;
    }

    void named(ThreadNamed event) {
        serves(event.comm());
        Roster.HostThread old = byTid.get(event.namedTid());
        int tgid = event.tgid() >= 0 || old == null ? event.tgid() : old.tgid();
        byTid.put(event.namedTid(), new Roster.HostThread(event.namedTid(), tgid, event.comm()));
    }

    String comm(int tid) {
        Roster.HostThread thread = byTid.getOrDefault(tid, listed.get(tid));
        return thread == null ? "" : thread.comm();
    }

    int tgid(int tid) {
        int recorded = recordedTgid(tid);
        return recorded < 0 && listed.containsKey(tid) ? listed.get(tid).tgid() : recorded;
    }

    /** The process that the log itself gives, -1 where it does not. */
    int recordedTgid(int tid) {
        Roster.HostThread thread = byTid.get(tid);
        return thread == null ? -1 : thread.tgid();
    }

    /** All threads but those in {@code vcpus}, by tid. */
    List<Roster.HostThread> others(ByTid<VcpuTrack> vcpus) {
        List<Roster.HostThread> others = new ArrayList<>();
        for (Roster.HostThread thread : byTid.values()) {
            if (vcpus.get(thread.tid()) == null) {
                others.add(thread);
            }
        }
        others.sort((a, b) -> Integer.compare(a.tid(), b.tid()));
        return others;
    }

    /**
     * The vCPU number in a thread name: {@code CPU 3/KVM} (QEMU), {@code fc_vcpu 3}, {@code kvm-vcpu-3} (kvmtool), {@code vcpu3}
     * (cloud-hypervisor), {@code crosvm_vcpu3}, {@code db_vcpu3} (Dragonball); -1 where there is none, as in every thread of a QEMU
     * without {@code debug-threads}.
     */
    static int vcpuNumber(String comm) {
        if (comm.startsWith("CPU ") && comm.endsWith("/KVM")) {
            return digits(comm, 4, comm.length() - 4);
        }
        int vcpu = comm.indexOf("vcpu");
        if (vcpu < 0) {
            return -1;
        }
        int from = vcpu + 4;
        if (from < comm.length() && (comm.charAt(from) == ' ' || comm.charAt(from) == '-')) {
            from++;
        }
        return digits(comm, from, comm.length());
    }

    private static int digits(String text, int from, int to) {
        if (from >= to || to - from > 7) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value < TraceEvent.MAX_VCPU_IDS ? value : -1;
    }
}
