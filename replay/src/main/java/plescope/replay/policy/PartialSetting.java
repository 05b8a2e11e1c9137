package plescope.replay.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A setting as written, which need not name everything: what is left out is taken from another setting.
 *
 * @param scheduler null where none is named
 * @param layout null where none is named
 * @param policies as named, which may be none
 */
public record PartialSetting(SchedulerVersion scheduler, CgroupLayout layout, List<Setting.Chosen> policies) {
    public PartialSetting {
        policies = List.copyOf(policies);
    }

    /** Reads a setting; what is wrong with it is said in the exception's message. Whether its policies go together is seen later. */
    public static PartialSetting parse(String text) {
        return new SettingParser(text).parse();
    }

    static IllegalArgumentException refused(String text, IllegalArgumentException cause) {
        return new IllegalArgumentException("setting '" + text + "': " + cause.getMessage(), cause);
    }

    /**
     * This setting, with what it does not name from {@code base}. One that names a scheduler or a policy names all policies; what
     * answers PAUSE exits is the kernel's own where none of them does.
     */
    public Setting over(Setting base) {
        boolean onlyLayout = scheduler == null && policies.isEmpty();
        return new Setting(
                scheduler == null ? base.scheduler() : scheduler,
                layout == null ? base.layout() : layout,
                onlyLayout ? base.policies() : policies);
    }

    /** What {@code base} becomes when this is put in its place or beside it: its policies stay, these are added. */
    public Setting addedTo(Setting base) {
        List<Setting.Chosen> all = new ArrayList<>(base.policies());
        all.addAll(policies);
        return new Setting(
                scheduler == null ? base.scheduler() : scheduler, layout == null ? base.layout() : layout, all);
    }

    /** Canonical text: scheduler, policies, layout. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (scheduler != null) {
            parts.add(scheduler.label());
        }
        policies.forEach(chosen -> parts.add(chosen.toString()));
        if (layout != null) {
            parts.add(layout.label());
        }
        return String.join("+", parts);
    }
}
