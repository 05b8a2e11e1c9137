package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plescope.parser.KernelHints;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.policy.Setting;

/**
 * The one thing that differs between two recordings, as a list of pairs names it: {@code ple_window}, {@code on -> off}. Most of it
 * shows in the logs themselves; the rest each recording is told here.
 *
 * @param first what the first recording is told of its host
 * @param second the same for the other
 */
public record PairKnob(String knob, Side first, Side second) {
    private static final String ARROW = "->";
    private static final Pattern REMARK = Pattern.compile("\\s*\\([^)]*\\)\\s*$");
    private static final Pattern CYCLIC = Pattern.compile("vCPU i on CPU i\\s*%\\s*(\\d+)");
    private static final Pattern KERNEL = Pattern.compile("(\\d+\\.\\d+(?:\\.\\d+)?)(?: (?:CFS|EEVDF))?");

    /** {@code ple_gap} of KVM, which switches PLE on whatever the window. */
    private static final String PLE_ON = "ple_gap=128";

    private static final String PLE_OFF = "ple_gap=0";

    /**
     * One of the two.
     *
     * @param kernel its release where the knob is the kernel, else null: then both have the same
     * @param told what no log shows
     */
    public record Side(String kernel, List<Change> told) {
        public Side {
            told = List.copyOf(told);
        }
    }

    /** Reads the two columns; a knob that no change stands for is refused with its text. */
    public static PairKnob parse(String knob, String change) {
        String values = REMARK.matcher(change).replaceFirst("");
        int arrow = values.indexOf(ARROW);
        if (arrow < 0) {
            throw new IllegalArgumentException("knob '" + knob + "': expected 'A -> B', found '" + change + "'");
        }
        try {
            return new PairKnob(
                    knob,
                    side(knob, values.substring(0, arrow).strip()),
                    side(knob, values.substring(arrow + ARROW.length()).strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("knob '" + knob + "', change '" + change + "': " + e.getMessage(), e);
        }
    }

    private static Side side(String knob, String value) {
        return switch (knob) {
            case "kernel" -> kernel(value);
            case "placement" -> told(placement(value));
            case "sched features" -> told("features=" + String.join(",", value.split("\\s+")));
            default -> told(number(knob, value));
        };
    }

    private static Side kernel(String value) {
        Matcher kernel = KERNEL.matcher(value);
        if (!kernel.matches()) {
            throw new IllegalArgumentException("'" + value + "' is no kernel such as '6.1 CFS'");
        }
        return new Side(kernel.group(1), List.of());
    }

    private static String placement(String value) {
        Matcher cyclic = CYCLIC.matcher(value);
        if (cyclic.matches()) {
            return "pin=cyclic:" + cyclic.group(1);
        }
        if (value.equals("pooled")) {
            return "pin=none";
        }
        throw new IllegalArgumentException("'" + value + "' is no placement that can be told");
    }

    private static String number(String knob, String value) {
        boolean ple = knob.startsWith("ple_") || knob.startsWith("pause_filter_");
        if (ple && value.equals("on")) {
            return PLE_ON;
        }
        if (ple && value.equals("off")) {
            return PLE_OFF;
        }
        if (ChangeCatalog.find(knob) == null) {
            throw new IllegalArgumentException("no change stands for it");
        }
        return knob + "=" + value;
    }

    private static Side told(String change) {
        return new Side(null, WhatIf.parse(change).changes());
    }

    /** The same knob turned the other way. */
    public PairKnob reversed() {
        return new PairKnob(knob, second, first);
    }

    /** What the first recording itself ran under, beyond what its log shows. */
    public WhatIf identity(Recording mine, Recording other) {
        Setting shown = HostDifference.setting(mine);
        Setting settled = settled(first, mine, other);
        List<Change> changes = new ArrayList<>();
        if (!settled.equals(shown)) {
            changes.addAll(HostDifference.becoming(shown, settled));
        }
        changes.addAll(first.told());
        return new WhatIf(changes);
    }

    /** What to ask of the first recording to predict the second. */
    public WhatIf question(Recording mine, Recording other) {
        List<Change> changes = new ArrayList<>(new HostDifference(mine, other).changes(settled(second, other, mine)));
        changes.addAll(second.told());
        return new WhatIf(changes);
    }

    /** The setting of a recording; where its log tells no kernel, the knob does or the other log. */
    private static Setting settled(Side side, Recording recording, Recording twin) {
        Setting shown = HostDifference.setting(recording);
        if (!recording.host().setting().assumed()) {
            return shown;
        }
        if (side.kernel() != null) {
            KernelHints kernel = new KernelHints(side.kernel(), null, null, null);
            return Setting.parse(
                    RecordedSetting.of(kernel, !HostDifference.pleOff(shown)).setting());
        }
        return twin.host().setting().assumed()
                ? shown
                : HostDifference.underKernel(HostDifference.setting(twin), shown);
    }
}
