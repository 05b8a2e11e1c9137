package plescope.analysis.export;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who and where, under other names: equal things get equal names, and what reports rest on stays.
 *
 * <p>Names are keyed digests, so that nobody without the key can try names out. Ids of threads and processes keep their order and their
 * small distances, by which VMs are told apart where a log prints no processes. Guest addresses keep order, distances and their half of
 * the address space: all move by the same number of pages, because VMs that run the same kernel at the same address share its loops.
 */
final class Pseudonyms {
    /** A kernel's limit of ids is 4 Mi [R]; the parser names no thread beyond. */
    private static final int MAX_ID = (4 << 20) - 1;

    /** Larger distances tell nothing of who was started with whom. */
    private static final int MAX_DISTANCE = 1000;

    private static final int LEAST_ID = 2000;
    private static final int TRIES = 1000;
    private static final int DIGITS = 8;
    private static final long PAGE = 4096;
    private static final int PAGE_BITS = 18;

    /** Names of threads that say which vCPU they carry, as all VMMs give them to all users. */
    private static final Pattern VCPU = Pattern.compile("CPU ([0-9]{1,7})/KVM|.*vcpu[ -]?([0-9]{1,7})");

    /** Kernel threads that name the process they serve. */
    private static final Pattern SERVANT = Pattern.compile("(kvm-pit/|vhost-)([0-9]{1,7})");

    private final Mac mac;
    private final TreeSet<Integer> ids = new TreeSet<>();
    private Map<Integer, Integer> newIds = Map.of();
    private final Map<String, String> names = new HashMap<>();
    private final long distance;
    private final long cycles;

    Pseudonyms(String key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
        distance = PAGE * (1 + (digest("rip") >>> (Long.SIZE - PAGE_BITS)));
        cycles = digest("tsc") >>> (Long.SIZE / 2);
    }

    /** A key that nobody knows. */
    static String randomKey() {
        byte[] key = new byte[Long.BYTES * 4];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    /** Learns of a thread or process, before any is renamed. */
    void meet(int id) {
        if (id > 0) {
            ids.add(id);
        }
    }

    /** Learns of the process a kernel thread names. */
    void meet(String comm) {
        Matcher servant = SERVANT.matcher(comm);
        if (servant.matches()) {
            meet(Integer.parseInt(servant.group(2)));
        }
    }

    /** Everyone is known. */
    void settle() {
        Map<Integer, Integer> offsets = new TreeMap<>();
        int last = ids.isEmpty() ? 0 : ids.first();
        int offset = 0;
        for (int id : ids) {
            offset += Math.min(id - last, MAX_DISTANCE);
            offsets.put(id, offset);
            last = id;
        }
        int room = Math.max(1, MAX_ID - LEAST_ID - offset);
        int base = LEAST_ID;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            base = LEAST_ID + (int) Long.remainderUnsigned(digest("ids " + attempt), room);
            if (isFree(base, offsets)) {
                break;
            }
        }
        newIds = new HashMap<>();
        for (Map.Entry<Integer, Integer> id : offsets.entrySet()) {
            newIds.put(id.getKey(), base + id.getValue());
        }
    }

    /** Whether no new id is an old one. */
    private boolean isFree(int base, Map<Integer, Integer> offsets) {
        return offsets.values().stream().noneMatch(offset -> ids.contains(base + offset));
    }

    /** 0, the idle task, and negative numbers, nobody, stay. */
    int id(int id) {
        return id <= 0 ? id : newIds.get(id);
    }

    String comm(String comm) {
        return names.computeIfAbsent(comm, this::newComm);
    }

    private String newComm(String comm) {
        Matcher vcpu = VCPU.matcher(comm);
        if (vcpu.matches()) {
            String number = vcpu.group(1) == null ? vcpu.group(2) : vcpu.group(1);
            return "CPU " + Integer.parseInt(number) + "/KVM";
        }
        Matcher servant = SERVANT.matcher(comm);
        return servant.matches()
                ? servant.group(1) + id(Integer.parseInt(servant.group(2)))
                : "t-" + digits("comm " + comm);
    }

    private String digits(String text) {
        return HexFormat.of().toHexDigits(digest(text)).substring(0, DIGITS);
    }

    /** A guest's address; 0 stands for none and stays. */
    long rip(long rip) {
        if (rip == 0) {
            return 0;
        }
        return rip < 0 ? rip - distance : rip + distance;
    }

    /** By how many bytes, whole pages, addresses move away from the middle of the address space. */
    long distance() {
        return distance;
    }

    /** A reading of a guest's time-stamp counter; 0, no reading, stays. */
    long counter(long reading) {
        return reading == 0 ? 0 : reading + cycles;
    }

    /** By how many cycles readings of time-stamp counters move. */
    long cycles() {
        return cycles;
    }

    private long digest(String text) {
        return ByteBuffer.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
