package plescope.replay.workload.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import plescope.replay.model.HostModel;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadLock;

/** Reads workload files in one pass, checking every line. */
public final class WorkloadReader {
    private static final String HEAD =
            "known are: source, producer, kernel, member, setting, reason, spin, spin_reason, span, host, "
                    + "pcpus, vm, vcpu, thread, lock, measured, bursts, unsent, user, work";

    private final LineWords words;
    private final Names names = new Names();
    private final List<WorkloadLock> locks = new ArrayList<>();
    private final IpiNames ipis;
    private final StepReader steps;

    private final Map<String, String> head = new LinkedHashMap<>();
    private final Map<String, String> host = new LinkedHashMap<>();
    private LineWords.Mark hostMark;
    private int member;
    private int pcpus = -1;
    private long spanNs = -1;
    private Origin settingOrigin = Origin.INFERRED;
    private boolean settingAssumed;
    private final List<Roster.Vm> vms = new ArrayList<>();
    private final List<Roster.Vcpu> vcpus = new ArrayList<>();
    private final List<Roster.HostThread> threads = new ArrayList<>();
    private final List<WorkloadFile.MeasuredValue> measured = new ArrayList<>();
    private final List<int[]> bursts = new ArrayList<>();
    private final List<VcpuWork.Builder> work = new ArrayList<>();
    private final Map<Integer, Integer> userPermille = new HashMap<>();
    private int current = -1;

    private WorkloadReader(LineWords words) {
        this.words = words;
        ipis = new IpiNames(words);
        steps = new StepReader(words, names, locks, ipis);
    }

    /**
     * Reads a whole file.
     *
     * @param file its name, for messages
     * @param lines each call gives the next line without its end, null after the last
     * @throws WorkloadFormatException at the first fault
     */
    public static WorkloadFile read(String file, Supplier<String> lines) {
        return new WorkloadReader(new LineWords(file, lines)).read();
    }

    private WorkloadFile read() {
        version();
        while (words.nextLine()) {
            String word = words.word("a line");
            if (current >= 0 && !word.equals("work") && !word.equals("user")) {
                steps.read(word, vcpus.get(current).vm(), work.get(current));
            } else {
                headLine(word);
            }
            words.end();
        }
        return file();
    }

    private void version() {
        if (!words.nextLine() || !words.word("").equals(WorkloadFile.MAGIC)) {
            throw words.fault("this is no workload file: its first line is not " + WorkloadFile.MAGIC, "");
        }
        int version = words.integer("the version");
        if (version != WorkloadFile.VERSION) {
            throw words.fault(
                    "version " + version + " of the format; this plescope reads version " + WorkloadFile.VERSION,
                    "extract it again from the trace: plescope extract TRACE");
        }
        words.end();
    }

    private void headLine(String word) {
        switch (word) {
            case "source", "producer", "kernel", "reason", "spin_reason" -> head.put(word, words.rest());
            case "member" -> member = words.count("the member");
            case "setting" -> setting();
            case "spin" -> head.put(word, words.word("the evidence").toUpperCase(Locale.ROOT));
            case "span" -> spanNs = words.nanoseconds("the span");
            case "host" -> hostFact();
            case "pcpus" -> pcpus = words.count("the number of pCPUs");
            case "vm" -> vm();
            case "vcpu" -> vcpu();
            case "thread" ->
                threads.add(new Roster.HostThread(
                        words.integer("a thread id"), words.integer("a process id"), words.rest()));
            case "lock" -> lock();
            case "measured" -> measured();
            case "bursts" -> bursts();
            case "unsent" -> steps.receiver(ipis.id());
            case "user" -> user();
            case "work" -> current = steps.vcpu();
            default -> throw words.fault("no line begins with '" + word + "'", HEAD);
        }
    }

    private void setting() {
        String known = words.word("how the setting is known");
        switch (known) {
            case "recorded" -> settingOrigin = Origin.RECORDED;
            case "inferred" -> settingOrigin = Origin.INFERRED;
            case "synthetic" -> settingOrigin = Origin.SYNTHETIC;
            case "assumed" -> settingAssumed = true;
            default ->
                throw words.fault(
                        "a setting is recorded, inferred or assumed, found '" + known + "'",
                        "as in: setting recorded cfs-6.1+p2019");
        }
        head.put("setting", words.word("a setting"));
    }

    private void hostFact() {
        String name = words.word("a fact of the host");
        hostMark = words.mark();
        if (host.put(name, words.rest()) != null) {
            throw words.fault("the host has its " + name + " already", "");
        }
    }

    private void vm() {
        if (numberedVm() != vms.size()) {
            throw words.fault("the next VM is vm" + vms.size(), "VMs count from vm0 without gaps");
        }
        int tgid = words.integer("a process id");
        Roster.Grouping grouping = words.constant(Roster.Grouping.class, "grouping");
        vms.add(new Roster.Vm(vms.size(), words.rest(), tgid, grouping));
    }

    private int numberedVm() {
        String word = words.word("a VM");
        int vm = Names.numbered(Names.VM, word);
        if (vm < 0) {
            throw words.fault("expected a VM such as vm0, found '" + word + "'", "");
        }
        return vm;
    }

    private int knownVm() {
        int vm = numberedVm();
        if (vm >= vms.size()) {
            throw words.fault("there is no vm" + vm, "every VM has its line before it is used: vm vm" + vm);
        }
        return vm;
    }

    private void vcpu() {
        String label = words.word("a vCPU");
        int slash = label.indexOf('/');
        int vm = slash < 0 ? -1 : Names.numbered(Names.VM, label.substring(0, slash));
        int number = slash < 0 ? -1 : Names.numbered("vcpu", label.substring(slash + 1));
        if (number < 0 || vm < 0 || vm >= vms.size()) {
            throw words.fault(
                    "expected a vCPU of a known VM, such as vm0/vcpu1; found '" + label + "'",
                    "VMs have their lines before their vCPUs");
        }
        if (!names.add(label, vcpus.size())) {
            throw words.fault(label + " is there already", "");
        }
        int tid = words.integer("a thread id");
        vcpus.add(new Roster.Vcpu(vcpus.size(), vm, number, tid, words.rest()));
        work.add(new VcpuWork.Builder());
    }

    private void user() {
        int vcpu = steps.vcpu();
        int permille = words.count("the permille of its work in user mode");
        if (permille > 1000) {
            throw words.fault("a vCPU is in user mode for at most 1000 permille of its work, found " + permille, "");
        }
        userPermille.put(vcpu, permille);
    }

    private void lock() {
        String name = words.word("a lock");
        if (Names.numbered("L", name) != locks.size()) {
            throw words.fault("the next lock is " + Names.lock(locks.size()), "locks count from L0 without gaps");
        }
        int vm = knownVm();
        WorkloadLock.Discipline discipline = words.constant(WorkloadLock.Discipline.class, "discipline of locks");
        locks.add(new WorkloadLock(vm, words.rest(), discipline));
    }

    private void measured() {
        String whose = words.word("a VM or 'host'");
        int vm = whose.equals("host") ? -1 : Names.numbered(Names.VM, whose);
        if (vm >= vms.size() || (vm < 0 && !whose.equals("host"))) {
            throw words.fault("expected 'host' or a known VM, found '" + whose + "'", "");
        }
        measured.add(new WorkloadFile.MeasuredValue(vm, words.word("a measure"), words.decimal("its value")));
    }

    private void bursts() {
        if (knownVm() != bursts.size()) {
            throw words.fault("bursts of vm" + bursts.size() + " come next", "");
        }
        BurstText lengths = new BurstText();
        while (words.hasWord()) {
            String word = words.word("");
            if (!lengths.add(word)) {
                throw words.fault(
                        "expected a count and a length such as 12x3, lengths ascending; found '" + word + "'", "");
            }
        }
        bursts.add(lengths.all());
    }

    private WorkloadFile file() {
        if (spanNs < 0) {
            throw words.faultOfFile("the file lacks its span", "add how long the work was recorded: span 2000000000");
        }
        if (!head.containsKey("setting")) {
            throw words.faultOfFile(
                    "the file lacks its setting", "add what it was recorded under: setting recorded cfs-6.1+p2019");
        }
        if (bursts.size() > 0 && bursts.size() < vms.size()) {
            throw words.faultOfFile(
                    "bursts of vm" + bursts.size() + " are missing", "give all VMs a line of bursts, or none");
        }
        HostModel model = host();
        Roster roster = new Roster(vms, vcpus, threads, pcpus < 0 ? model.pcpus() : pcpus);
        List<VcpuWork> done = new ArrayList<>();
        for (int v = 0; v < work.size(); v++) {
            done.add(work.get(v).build().inUser(userPermille.getOrDefault(v, 0)));
        }
        Provenance from = new Provenance(
                head.getOrDefault("source", ""),
                head.getOrDefault("producer", ""),
                head.getOrDefault("kernel", ""),
                member,
                head.get("setting"),
                settingOrigin,
                settingAssumed,
                head.getOrDefault("reason", ""),
                head.getOrDefault("spin", "NONE"),
                head.getOrDefault("spin_reason", ""));
        return new WorkloadFile(
                from, model, new Workload(roster, done, locks, ipis.receivers(), spanNs), measured, bursts);
    }

    private HostModel host() {
        try {
            return HostText.host(host);
        } catch (IllegalArgumentException e) {
            if (hostMark == null) {
                throw words.faultOfFile(e.getMessage(), "");
            }
            throw words.fault(hostMark, e.getMessage(), "one of the host lines up to here");
        }
    }
}
