package plescope.replay.policy;

/** How vCPU threads are grouped on the host; it decides at which level two vCPUs compete. */
public enum CgroupLayout {
    /** All threads in the root group. */
    FLAT("cgroup-flat"),
    /** One group per VM. */
    VM("cgroup-vm"),
    /** libvirt: one group per VM and in it one per vCPU. */
    VM_VCPU("cgroup-vm-vcpu");

    private final String label;

    CgroupLayout(String label) {
        this.label = label;
    }

    /** As written in settings. */
    public String label() {
        return label;
    }
}
