package plescope.replay.scenario;

import org.antlr.v4.runtime.Token;
import plescope.parser.event.ExitReason.Isa;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.Kvm;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Topology;
import plescope.replay.scenario.grammar.ScenarioParser.ApicvContext;
import plescope.replay.scenario.grammar.ScenarioParser.CostEntryContext;
import plescope.replay.scenario.grammar.ScenarioParser.CostsContext;
import plescope.replay.scenario.grammar.ScenarioParser.HostArchContext;
import plescope.replay.scenario.grammar.ScenarioParser.HostContext;
import plescope.replay.scenario.grammar.ScenarioParser.HostEntryContext;
import plescope.replay.scenario.grammar.ScenarioParser.HostNumberContext;
import plescope.replay.scenario.grammar.ScenarioParser.PleEntryContext;
import plescope.replay.scenario.grammar.ScenarioParser.PleOnContext;

/** Reads a {@code host} block. */
final class HostReader {
    private static final long SECOND_NS = 1_000_000_000;
    private static final int X86_HZ = 250;
    /** {@code CONFIG_HZ} of s390 kernels [R]. */
    private static final int S390_HZ = 100;

    private static final PleHardware NO_PLE = new PleHardware(0, 2, 0, Integer.MAX_VALUE, 500);

    private final SourceText source;
    private final Values values;

    /**
     * What the block says.
     *
     * @param at where it stands
     */
    record Machine(
            Token at, Arch arch, Isa isa, Topology topology, int hz, HostCosts costs, PleHardware ple, Kvm kvm) {}

    HostReader(SourceText source, Values values) {
        this.source = source;
        this.values = values;
    }

    Machine read(HostContext host) {
        Fields fields = new Fields(source, values);
        Arch arch = Arch.X86;
        Isa isa = Isa.VMX;
        PleHardware ple = null;
        HostCosts costs = HostCosts.DEFAULT;
        boolean apicv = Kvm.DEFAULT.apicv();
        for (HostEntryContext entry : host.hostEntry()) {
            if (entry instanceof HostNumberContext number) {
                fields.add(number.key, number.value());
                continue;
            }
            fields.once(entry.getStart());
            if (entry instanceof HostArchContext named) {
                arch = named.arch.getText().equals("s390") ? Arch.S390 : Arch.X86;
            } else if (entry instanceof ApicvContext posted) {
                apicv = values.onOff(posted.onOff());
            } else if (entry instanceof CostsContext block) {
                costs = costs(block);
            } else {
                ple = entry instanceof PleOnContext on ? ple(on) : NO_PLE;
                isa = isa(entry);
            }
        }
        if (arch == Arch.S390 && ple != null && ple.window() > 0) {
            throw source.error(host.getStart(), "s390 has no pause-loop exits", "write 'ple off;', or leave ple out");
        }
        PleHardware usual = arch == Arch.S390 ? NO_PLE : PleHardware.VMX_DEFAULT;
        return new Machine(
                host.getStart(),
                arch,
                isa,
                topology(host, fields),
                fields.integer("hz", arch == Arch.S390 ? S390_HZ : X86_HZ, 10, 10_000),
                costs,
                ple == null ? usual : ple,
                kvm(fields, apicv));
    }

    private static Isa isa(HostEntryContext ple) {
        return ple instanceof PleOnContext on && on.isa.getText().equals("svm") ? Isa.SVM : Isa.VMX;
    }

    /** Parts that are left out are as large as the next larger part. */
    private Topology topology(HostContext host, Fields fields) {
        if (!fields.has("pcpus")) {
            throw source.error(host.getStart(), "the host needs a number of pcpus", "add 'pcpus 8;'");
        }
        int pcpus = fields.integer("pcpus", 0, 1, Topology.MAX_PCPUS);
        int perNode = fields.integer("pcpus-per-node", pcpus, 1, pcpus);
        int perLlc = fields.integer("pcpus-per-cache", perNode, 1, pcpus);
        int perCore = fields.integer("threads-per-core", 1, 1, pcpus);
        try {
            return new Topology(pcpus, perCore, perLlc, perNode);
        } catch (IllegalArgumentException e) {
            ScenarioException refusal =
                    source.error(host.getStart(), "there can be no such machine: " + e.getMessage());
            refusal.initCause(e);
            throw refusal;
        }
    }

    private PleHardware ple(PleOnContext on) {
        Fields fields = new Fields(source, values);
        for (PleEntryContext entry : on.pleEntry()) {
            fields.add(entry.key, entry.value());
        }
        PleHardware usual = on.isa.getText().equals("svm") ? PleHardware.SVM_DEFAULT : PleHardware.VMX_DEFAULT;
        int window = fields.integer("window", usual.window(), 1, Integer.MAX_VALUE);
        return new PleHardware(
                window,
                fields.integer("grow", usual.grow(), 0, Integer.MAX_VALUE),
                fields.integer("shrink", usual.shrink(), 0, Integer.MAX_VALUE),
                fields.integer("max", Math.max(window, usual.max()), window, Integer.MAX_VALUE),
                fields.picos("cycle", usual.unitPicos(), 1, 1_000_000));
    }

    private Kvm kvm(Fields fields, boolean apicv) {
        return new Kvm(
                apicv,
                fields.nanos("halt-poll", Kvm.DEFAULT.haltPollNs(), 0, SECOND_NS),
                fields.integer("halt-poll-grow", Kvm.DEFAULT.haltPollGrow(), 0, 1_000),
                fields.nanos("halt-poll-grow-start", Kvm.DEFAULT.haltPollGrowStartNs(), 0, SECOND_NS),
                fields.integer("halt-poll-shrink", Kvm.DEFAULT.haltPollShrink(), 0, 1_000));
    }

    private HostCosts costs(CostsContext block) {
        Fields fields = new Fields(source, values);
        for (CostEntryContext entry : block.costEntry()) {
            fields.add(entry.key, entry.value());
        }
        HostCosts usual = HostCosts.DEFAULT;
        return new HostCosts(
                cost(fields, "exit", usual.exitNs()),
                cost(fields, "pause-exit", usual.pauseExitNs()),
                cost(fields, "switch-out", usual.switchOutNs()),
                cost(fields, "switch-in", usual.switchInNs()),
                cost(fields, "tick", usual.tickNs()),
                cost(fields, "resched-ipi", usual.reschedIpiNs()),
                cost(fields, "ack", usual.ackNs()),
                cost(fields, "cache-refill", usual.cacheRefillNs()),
                cost(fields, "llc-migration", usual.llcMigrationNs()));
    }

    /** Host work of more than 10 ms at a time would be another thing. */
    private static long cost(Fields fields, String key, long usual) {
        return fields.nanos(key, usual, 0, SECOND_NS / 100);
    }
}
