package plescope.replay.policy;

/** How vCPU threads are grouped on the host; it decides at which level two vCPUs compete. */
public enum CgroupLayout {
    /** All threads in the root group. */
    FLAT("cgroup-flat"),
    /** One group per VM. */
    VM("cgroup-vm"),
    /** libvirt without systemd: one group per VM and in it one per vCPU. */
    VM_VCPU("cgroup-vm-vcpu"),
    /** libvirt with systemd and cgroup v2: machine.slice, in it a scope per VM, in that libvirt, in that one group per vCPU. */
    SYSTEMD_SLICES("cgroup-systemd");

    private final String label;

    CgroupLayout(String label) {
        this.label = label;
    }

    /** As written in settings. */
    public String label() {
        return label;
    }
}
