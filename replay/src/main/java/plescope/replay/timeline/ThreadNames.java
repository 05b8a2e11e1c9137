package plescope.replay.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plescope.parser.event.ThreadNamed;
import plescope.replay.model.ByTid;
import plescope.replay.model.Roster;

/** Last known name and process id of every thread. */
final class ThreadNames {
    private final Map<Integer, Roster.HostThread> byTid = new HashMap<>();

    void named(ThreadNamed event) {
        Roster.HostThread old = byTid.get(event.namedTid());
        int tgid = event.tgid() >= 0 || old == null ? event.tgid() : old.tgid();
        byTid.put(event.namedTid(), new Roster.HostThread(event.namedTid(), tgid, event.comm()));
    }

    String comm(int tid) {
        Roster.HostThread thread = byTid.get(tid);
        return thread == null ? "" : thread.comm();
    }

    int tgid(int tid) {
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
     * (cloud-hypervisor), {@code crosvm_vcpu3}; -1 where there is none.
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
        if (from >= to || to - from > 6) {
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
        return value;
    }
}
