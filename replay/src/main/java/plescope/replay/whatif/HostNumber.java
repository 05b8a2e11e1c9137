package plescope.replay.whatif;

import java.math.BigDecimal;
import java.util.List;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.Kvm;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Topology;
import plescope.replay.policy.PolicyCatalog;
import plescope.replay.policy.PolicySpec.Role;
import plescope.replay.policy.Setting;

/**
 * A number of the host that a what-if may change: of its machine, its KVM or its scheduler. Names are those of Linux's module
 * parameters and debugfs files where there are any; of KVM's those of VMX, with those of SVM as aliases.
 */
enum HostNumber {
    PCPUS("pcpus", null, 1, Topology.MAX_PCPUS, "pCPUs; a vCPU whose set is gone may use all, as after hot-unplug") {
        @Override
        Experiment set(Experiment to, long value) {
            Topology old = to.host().topology();
            int pcpus = (int) value;
            Topology other = new Topology(
                    pcpus,
                    Math.min(old.perCore(), pcpus),
                    resized(old.perLlc(), old.pcpus(), pcpus),
                    resized(old.perNode(), old.pcpus(), pcpus));
            return to.with(to.host().on(other, resized(to, pcpus)));
        }
    },
    SMT("smt", null, 1, Topology.MAX_PCPUS, "SMT threads of a core") {
        @Override
        Experiment set(Experiment to, long value) {
            Topology old = to.host().topology();
            return topology(to, new Topology(old.pcpus(), (int) value, old.perLlc(), old.perNode()));
        }
    },
    LLC("llc", null, 1, Topology.MAX_PCPUS, "pCPUs that share a last-level cache") {
        @Override
        Experiment set(Experiment to, long value) {
            Topology old = to.host().topology();
            return topology(to, new Topology(old.pcpus(), old.perCore(), (int) value, old.perNode()));
        }
    },
    NUMA("numa", null, 1, Topology.MAX_PCPUS, "pCPUs of a NUMA node") {
        @Override
        Experiment set(Experiment to, long value) {
            Topology old = to.host().topology();
            return topology(to, new Topology(old.pcpus(), old.perCore(), old.perLlc(), (int) value));
        }
    },
    HZ("hz", null, 10, 10_000, "CONFIG_HZ, scheduler ticks per second") {
        @Override
        Experiment set(Experiment to, long value) {
            return to.with(to.host().withHz((int) value));
        }
    },
    ENABLE_APICV("enable_apicv", "avic", 0, 1, "posted interrupts: running vCPUs take IPIs without an exit") {
        @Override
        Experiment set(Experiment to, long value) {
            Kvm k = to.host().kvm();
            return kvm(
                    to,
                    new Kvm(value != 0, k.haltPollNs(), k.haltPollGrow(), k.haltPollGrowStartNs(), k.haltPollShrink()));
        }
    },
    HALT_POLL_NS("halt_poll_ns", null, 0, Integer.MAX_VALUE, "the most a halt polls; 0 switches polling off") {
        @Override
        Experiment set(Experiment to, long value) {
            Kvm k = to.host().kvm();
            return kvm(to, new Kvm(k.apicv(), value, k.haltPollGrow(), k.haltPollGrowStartNs(), k.haltPollShrink()));
        }
    },
    HALT_POLL_NS_GROW("halt_poll_ns_grow", null, 0, 1_000, "factor by which polling grows; 0 never") {
        @Override
        Experiment set(Experiment to, long value) {
            Kvm k = to.host().kvm();
            return kvm(
                    to, new Kvm(k.apicv(), k.haltPollNs(), (int) value, k.haltPollGrowStartNs(), k.haltPollShrink()));
        }
    },
    HALT_POLL_NS_GROW_START("halt_poll_ns_grow_start", null, 0, Integer.MAX_VALUE, "where growing polls begin") {
        @Override
        Experiment set(Experiment to, long value) {
            Kvm k = to.host().kvm();
            return kvm(to, new Kvm(k.apicv(), k.haltPollNs(), k.haltPollGrow(), value, k.haltPollShrink()));
        }
    },
    HALT_POLL_NS_SHRINK("halt_poll_ns_shrink", null, 0, 1_000, "divisor of a poll in vain; 0 ends polling") {
        @Override
        Experiment set(Experiment to, long value) {
            Kvm k = to.host().kvm();
            return kvm(to, new Kvm(k.apicv(), k.haltPollNs(), k.haltPollGrow(), k.haltPollGrowStartNs(), (int) value));
        }
    },
    PLE_GAP("ple_gap", "pause_filter_thresh", 0, Integer.MAX_VALUE, "0 switches PLE off, anything else on") {
        @Override
        Experiment set(Experiment to, long value) {
            PleHardware ple = to.host().ple();
            int usual = ple.window() > 0 ? ple.window() : PleHardware.VMX_DEFAULT.window();
            return window(to, value == 0 ? 0 : usual);
        }
    },
    PLE_WINDOW("ple_window", "pause_filter_count", 0, Integer.MAX_VALUE, "base window; 0 switches PLE off") {
        @Override
        Experiment set(Experiment to, long value) {
            if (value > to.host().ple().max()) {
                throw new IllegalArgumentException(
                        "larger than ple_window_max, " + to.host().ple().max() + " here");
            }
            return window(to, (int) value);
        }
    },
    PLE_WINDOW_GROW("ple_window_grow", "pause_filter_count_grow", 0, Integer.MAX_VALUE, "growth at an exit; 0 never") {
        @Override
        Experiment set(Experiment to, long value) {
            PleHardware p = to.host().ple();
            return ple(to, new PleHardware(p.window(), (int) value, p.shrink(), p.max(), p.unitPicos()));
        }
    },
    PLE_WINDOW_SHRINK(
            "ple_window_shrink", "pause_filter_count_shrink", 0, Integer.MAX_VALUE, "shrinking at sched-in; 0 resets") {
        @Override
        Experiment set(Experiment to, long value) {
            PleHardware p = to.host().ple();
            return ple(to, new PleHardware(p.window(), p.grow(), (int) value, p.max(), p.unitPicos()));
        }
    },
    PLE_WINDOW_MAX("ple_window_max", "pause_filter_count_max", 1, Integer.MAX_VALUE, "cap of the window") {
        @Override
        Experiment set(Experiment to, long value) {
            PleHardware p = to.host().ple();
            if (value < p.window()) {
                throw new IllegalArgumentException("smaller than the window, " + p.window() + " here");
            }
            return ple(to, new PleHardware(p.window(), p.grow(), p.shrink(), (int) value, p.unitPicos()));
        }
    },
    PLE_UNIT_PS(
            "ple_unit_ps", null, 1, Integer.MAX_VALUE, "picoseconds of looping per unit of the window: the hardware") {
        @Override
        Experiment set(Experiment to, long value) {
            PleHardware p = to.host().ple();
            return ple(to, new PleHardware(p.window(), p.grow(), p.shrink(), p.max(), value));
        }
    },
    LATENCY_NS("latency_ns", "sched_latency_ns", 100_000, 1_000_000_000, "CFS: period in which each thread runs once"),
    MIN_GRANULARITY_NS(
            "min_granularity_ns", "sched_min_granularity_ns", 100_000, 1_000_000_000, "CFS: the least a thread runs"),
    WAKEUP_GRANULARITY_NS(
            "wakeup_granularity_ns",
            "sched_wakeup_granularity_ns",
            0,
            1_000_000_000,
            "CFS: how far behind a wakee preempts"),
    BASE_SLICE_NS("base_slice_ns", "sched_base_slice_ns", 100_000, 1_000_000_000, "EEVDF: what a thread requests"),
    MIGRATION_COST_NS(
            "migration_cost_ns",
            "sched_migration_cost_ns",
            0,
            Integer.MAX_VALUE,
            "how long a thread counts as cache-hot");

    private final String label;
    private final String alias;
    private final long min;
    private final long max;
    private final String meaning;

    HostNumber(String label, String alias, long min, long max, String meaning) {
        this.label = label;
        this.alias = alias;
        this.min = min;
        this.max = max;
        this.meaning = meaning;
    }

    String label() {
        return label;
    }

    ChangeSpec spec() {
        return new ChangeSpec(label, alias, min + ".." + max, meaning, this::read);
    }

    /** The experiment with that value; by default a file of the scheduler's, which no pCPU count scales. */
    Experiment set(Experiment to, long value) {
        return to.with(to.host().withTuning(to.host().tuning().with(label, value)));
    }

    private NumberChange read(String text) {
        long value = number(text);
        if (value < min || value > max) {
            throw new IllegalArgumentException(label + " must lie in " + min + ".." + max + ", was " + text);
        }
        return new NumberChange(this, value);
    }

    /** A whole number; nanoseconds may have a larger unit. */
    private long number(String text) {
        int digits = 0;
        while (digits < text.length() && (Character.isDigit(text.charAt(digits)) || text.charAt(digits) == '.')) {
            digits++;
        }
        List<String> units = label.contains("_ns") ? List.of("ns", "us", "ms", "s") : List.of();
        int unit = digits == text.length() ? 0 : units.indexOf(text.substring(digits));
        try {
            if (unit >= 0) {
                return new BigDecimal(text.substring(0, digits))
                        .scaleByPowerOfTen(3 * unit)
                        .longValueExact();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(expected(text), e);
        }
        throw new IllegalArgumentException(expected(text));
    }

    private String expected(String text) {
        String form = label.contains("_ns") ? "nanoseconds such as 200000 or 200us" : "a whole number";
        return label + " takes " + form + ", found '" + text + "'";
    }

    private static Experiment topology(Experiment to, Topology other) {
        return to.with(to.host().on(other, to.host().allowed()));
    }

    private static Experiment kvm(Experiment to, Kvm other) {
        return to.with(to.host().withKvm(other));
    }

    private static Experiment ple(Experiment to, PleHardware other) {
        return to.with(to.host().withPle(other));
    }

    /** Another base window; where there is one, a setting that says PLE is off says so no longer. */
    private static Experiment window(Experiment to, int window) {
        PleHardware p = to.host().ple();
        Experiment changed = ple(to, new PleHardware(window, p.grow(), p.shrink(), p.max(), p.unitPicos()));
        if (window == 0) {
            return changed;
        }
        Setting setting = to.setting();
        return changed.with(new Setting(
                setting.scheduler(),
                setting.layout(),
                setting.policies().stream()
                        .filter(chosen -> PolicyCatalog.find(chosen.name()).role() != Role.PLE_OFF)
                        .toList()));
    }

    /** A level that held the whole machine still does. */
    private static int resized(int level, int from, int to) {
        return level == from ? to : Math.min(level, to);
    }

    /** A thread that might run anywhere still may; one whose pCPUs are all gone may run anywhere, as the kernel lets it [R]. */
    private static List<CpuSet> resized(Experiment to, int pcpus) {
        HostModel host = to.host();
        CpuSet before = CpuSet.first(host.pcpus());
        CpuSet after = CpuSet.first(pcpus);
        return to.work().roster().vcpus().stream()
                .map(vcpu -> host.allowedPcpus(vcpu.index()))
                .map(set -> set.equals(before) || set.and(after).isEmpty() ? after : set.and(after))
                .toList();
    }
}
