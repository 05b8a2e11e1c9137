package plescope.replay.workload.text;

import java.util.BitSet;
import java.util.Locale;
import java.util.function.Consumer;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.Roster;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadLock;

/** Writes workload files, line by line; {@link WorkloadReader} reads the same workload from them. */
public final class WorkloadWriter {
    private static final Family[] FAMILIES = Family.values();

    private final Consumer<String> out;
    private final StringBuilder line = new StringBuilder(80);

    private WorkloadWriter(Consumer<String> out) {
        this.out = out;
    }

    /** Passes every line, without its end, to {@code out}. */
    public static void write(WorkloadFile file, Consumer<String> out) {
        new WorkloadWriter(out).write(file);
    }

    private void write(WorkloadFile file) {
        Workload work = file.work();
        Names names = Names.of(work.roster());
        line(WorkloadFile.MAGIC, WorkloadFile.VERSION);
        out.accept("# Guest work, free of host decisions. Times in nanoseconds; lines that begin with # are comments.");
        provenance(file.provenance());
        line("span", work.spanNs());
        HostText.facts(file.host()).forEach((name, value) -> line("host", name, value));
        roster(work.roster(), names);
        for (int lock = 0; lock < work.locks().size(); lock++) {
            WorkloadLock is = work.locks().get(lock);
            line("lock", Names.lock(lock), Names.VM + is.vm(), lower(is.discipline()), Names.escaped(is.name()));
        }
        measured(file);
        BitSet sent = sent(work);
        for (int ipi = sent.nextClearBit(0); ipi < work.ipiCount(); ipi = sent.nextClearBit(ipi + 1)) {
            line("unsent", ipi, "->", names.vcpu(work.ipiReceiver(ipi)));
        }
        for (Roster.Vcpu vcpu : work.roster().vcpus()) {
            int user = work.work(vcpu.index()).userPermille();
            if (user > 0) {
                line("user", names.vcpu(vcpu.index()), user);
            }
            line("work", names.vcpu(vcpu.index()));
            steps(work, vcpu.index(), names);
        }
    }

    private void provenance(Provenance from) {
        line("source", Names.escaped(from.source()));
        line("producer", Names.escaped(from.producer()));
        line("kernel", Names.escaped(from.kernel()));
        line("member", from.member());
        line("setting", from.settingAssumed() ? "assumed" : lower(from.settingOrigin()), from.setting());
        line("reason", Names.escaped(from.reason()));
        line("spin", from.spin().toLowerCase(Locale.ROOT));
        line("spin_reason", Names.escaped(from.spinReason()));
    }

    private void roster(Roster roster, Names names) {
        line("pcpus", roster.pcpus());
        for (Roster.Vm vm : roster.vms()) {
            line("vm", Names.VM + vm.id(), vm.tgid(), lower(vm.grouping()), Names.escaped(vm.name()));
        }
        for (Roster.Vcpu vcpu : roster.vcpus()) {
            line("vcpu", names.vcpu(vcpu.index()), vcpu.tid(), Names.escaped(vcpu.comm()));
        }
        for (Roster.HostThread thread : roster.threads()) {
            line("thread", thread.tid(), thread.tgid(), Names.escaped(thread.comm()));
        }
    }

    private void measured(WorkloadFile file) {
        for (WorkloadFile.MeasuredValue value : file.measured()) {
            line("measured", value.vm() < 0 ? "host" : Names.VM + value.vm(), value.name(), value.value());
        }
        for (int vm = 0; vm < file.bursts().size(); vm++) {
            line.append("bursts ").append(Names.VM).append(vm);
            int[] lengths = file.bursts().get(vm);
            for (int from = 0; from < lengths.length; ) {
                int to = from;
                while (to < lengths.length && lengths[to] == lengths[from]) {
                    to++;
                }
                line.append(' ').append(to - from).append('x').append(lengths[from]);
                from = to;
            }
            end();
        }
    }

    private static BitSet sent(Workload work) {
        BitSet sent = new BitSet(work.ipiCount());
        for (int vcpu = 0; vcpu < work.vcpuCount(); vcpu++) {
            VcpuWork steps = work.work(vcpu);
            for (int i = 0; i < steps.size(); i++) {
                if (steps.kind(i) == StepKind.SEND_IPI) {
                    sent.set(steps.ref(i));
                }
            }
        }
        return sent;
    }

    private void steps(Workload work, int vcpu, Names names) {
        VcpuWork steps = work.work(vcpu);
        for (int i = 0; i < steps.size(); i++) {
            long ns = steps.ns(i);
            int ref = steps.ref(i);
            line.append("  ");
            switch (steps.kind(i)) {
                case COMPUTE -> line.append("compute ").append(ns);
                case SPIN_UNTIL_WORK ->
                    line.append("spin until ")
                            .append(names.vcpu(ref))
                            .append(' ')
                            .append(ns);
                case ACQUIRE -> {
                    line.append(ns == 0 ? "acquire " : "queued ").append(Names.lock(ref));
                    if (ns != 0) {
                        line.append(' ').append(ns);
                    }
                }
                case RELEASE -> line.append("release ").append(Names.lock(ref));
                case SPIN_UNTIL_ACKED -> {
                    line.append("await ").append(ref);
                    if (ns != 1) {
                        line.append("..").append(ref + ns - 1);
                    }
                }
                case SPIN_FOR -> line.append("spin ").append(ns);
                case SEND_IPI ->
                    line.append("send ").append(ref).append(" -> ").append(names.vcpu(work.ipiReceiver(ref)));
                case HOST ->
                    line.append("exit ")
                            .append(lower(FAMILIES[ref]))
                            .append(' ')
                            .append(ns);
                case HALT_UNTIL_IPI -> line.append("halt ipi ").append(ref);
                case HALT_FOR -> line.append("halt for ").append(ns);
                case HALT_UNTIL_TIME -> {
                    line.append("halt until ");
                    if (ns == Long.MAX_VALUE) {
                        line.append("never");
                    } else {
                        line.append(ns);
                    }
                }
            }
            end();
        }
    }

    private void line(Object... words) {
        for (int i = 0; i < words.length; i++) {
            line.append(i == 0 ? "" : " ").append(words[i]);
        }
        end();
    }

    private void end() {
        out.accept(line.toString());
        line.setLength(0);
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
