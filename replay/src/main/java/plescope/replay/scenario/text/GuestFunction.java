package plescope.replay.scenario.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Functions of the live guests' one kernel, named as Linux names them, at addresses of their own: what a {@code System.map} of
 * these guests holds. No KASLR.
 */
public enum GuestFunction {
    TEXT("_text", 0xffff_ffff_8100_0000L),
    /** Writes the x2APIC's EOI register. */
    ACKNOWLEDGE("native_apic_msr_eoi", 0xffff_ffff_8107_5050L),
    /** Writes the x2APIC's ICR. */
    SEND("x2apic_send_IPI", 0xffff_ffff_8107_e8f0L),
    /** Asks the host for another vCPU, or to kick one. */
    HYPERCALL("kvm_kick_cpu", 0xffff_ffff_8108_1230L),
    /** Queued locks; without {@code PARAVIRT_SPINLOCKS} guests of a hypervisor test and set in it, too. */
    QUEUED_LOCK("native_queued_spin_lock_slowpath", 0xffff_ffff_8110_29a0L),
    PV_LOCK("__pv_queued_spin_lock_slowpath", 0xffff_ffff_8110_3100L),
    /** Ticket locks spin in place (before 4.2). */
    TICKET_LOCK("_raw_spin_lock", 0xffff_ffff_8110_4200L),
    MUTEX("mutex_spin_on_owner", 0xffff_ffff_8110_5300L),
    CALL_SINGLE("smp_call_function_single", 0xffff_ffff_8116_ff00L),
    /** TLB shootdowns wait here, below {@code flush_tlb_mm_range}. */
    CALL_MANY("smp_call_function_many_cond", 0xffff_ffff_8117_0100L),
    WORK("vfs_read", 0xffff_ffff_8130_0000L),
    WORK_2("ext4_file_write_iter", 0xffff_ffff_8134_0000L),
    WORK_3("filemap_read", 0xffff_ffff_8138_0000L),
    WORK_4("copy_page_to_iter", 0xffff_ffff_813c_0000L),
    END_OF_WORK("sock_sendmsg", 0xffff_ffff_8140_0000L),
    IDLE("native_safe_halt", 0xffff_ffff_81c0_a110L),
    END("_etext", 0xffff_ffff_81d0_0000L);

    private final String symbol;
    private final long address;

    GuestFunction(String symbol, long address) {
        this.symbol = symbol;
        this.address = address;
    }

    public String symbol() {
        return symbol;
    }

    public long address() {
        return address;
    }

    /** Lines of a {@code System.map}. */
    public static List<String> systemMap() {
        List<String> lines = new ArrayList<>();
        for (GuestFunction function : values()) {
            lines.add(Long.toHexString(function.address) + " T " + function.symbol);
        }
        return lines;
    }
}
