package plescope.replay.whatif;

import plescope.replay.model.SchedulerTuning;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.PartialSetting;
import plescope.replay.policy.Setting;

/** Another setting, or another part of it. A host that boots another kernel has that kernel's own features and slices. */
record SettingChange(Kind kind, PartialSetting named) implements Change {
    private static final String LAYOUT_PREFIX = "cgroup-";

    enum Kind {
        /** {@code cfs-6.1+p2019}: policies are those named. */
        REPLACE,
        /** {@code +debooster}: policies stay and get company. */
        ADD,
        /** {@code scheduler=} */
        SCHEDULER,
        /** {@code cgroup=} */
        LAYOUT
    }

    static SettingChange replaced(PartialSetting named) {
        return new SettingChange(Kind.REPLACE, named);
    }

    static SettingChange added(PartialSetting named) {
        return new SettingChange(Kind.ADD, named);
    }

    static SettingChange scheduler(String text) {
        PartialSetting named = part(text, text);
        if (named.scheduler() == null
                || named.layout() != null
                || !named.policies().isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is no scheduler alone; a whole setting comes first");
        }
        return new SettingChange(Kind.SCHEDULER, named);
    }

    static SettingChange layout(String text) {
        PartialSetting named = part(text, text.startsWith(LAYOUT_PREFIX) ? text : LAYOUT_PREFIX + text);
        if (named.layout() == null
                || named.scheduler() != null
                || !named.policies().isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is no cgroup layout");
        }
        return new SettingChange(Kind.LAYOUT, named);
    }

    private static PartialSetting part(String text, String label) {
        try {
            return PartialSetting.parse(label);
        } catch (IllegalArgumentException e) {
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new IllegalArgumentException(text.equals(label) ? reason : "no layout '" + text + "': " + reason, e);
        }
    }

    /** The setting of that layout. */
    static SettingChange of(CgroupLayout layout) {
        return layout(layout.label());
    }

    @Override
    public Experiment apply(Experiment to) {
        Setting before = to.setting();
        Setting after = kind == Kind.REPLACE ? named.over(before) : named.addedTo(before);
        Experiment changed = to.with(after);
        return after.scheduler() == before.scheduler()
                ? changed
                : changed.with(to.host().withTuning(SchedulerTuning.DEFAULT));
    }

    @Override
    public String toString() {
        return switch (kind) {
            case REPLACE -> named.toString();
            case ADD -> "+" + named;
            case SCHEDULER -> "scheduler=" + named;
            case LAYOUT -> "cgroup=" + named.toString().substring(LAYOUT_PREFIX.length());
        };
    }
}
