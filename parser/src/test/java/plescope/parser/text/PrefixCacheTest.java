package plescope.parser.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;
import plescope.parser.grammar.TraceLexer;

/** A prefix taken from the cache is the one that scanning would find. */
final class PrefixCacheTest {
    private static final int LINES = 200_000;

    private static final String[] HEADS = {
        "       CPU 0/KVM   137 [000]     1.043109:     kvm:kvm_entry: vcpu 0, rip 0xffffffff81000092",
        "       CPU 0/KVM   137 [001]     1.043109:     kvm:kvm_entry: vcpu 0, rip 0xffffffff81000092",
        "           :1138  1138 [001] 12345.043109718: sched:sched_waking: comm=a pid=1 prio=0 target_cpu=000",
        "     migration/0  1016/1020  [001] 2026-11-20 10:47:14.551067 99.043109: kvm:kvm_eoi: apicid 0 vector 236",
        "    qemu-kvm 1.5   137 [000] d 1 1.043109:     kvm:kvm_entry: vcpu 0, rip 0xffffffff81000092",
        "           CPU 1-264     (    121) [000] d..2.     5.882130: kvm_entry: vcpu 1, rip 0xffffffff81000092",
        "           <...>-264     [000] d..2.     5.882130: kvm_entry: vcpu 1, rip 0xffffffff81000092",
        "           <...>-264     [000] d..2.     5.8821: kvm_entry: vcpu 1, rip 0xffffffff81000092",
        "        a 1 [001]     5.882130000: 6   137 [000]     1.043109: kvm_entry: vcpu 1",
        " => 0123456789ab   137 [000]     1.043109:",
        " => 0123456789ab   137 [000]     1.043109:     kvm:kvm_entry: vcpu 0, rip 0xffffffff81000092",
    };

    private final LineBytes line = new LineBytes();
    private final PrefixCache prefixes = new PrefixCache(line);
    private final Prefix known = new Prefix(line, prefixes);
    private final LineTokens scanned = new LineTokens(line, new CompiledLexer(line), null);
    private final Prefix decoded = new Prefix(line, new PrefixCache(line));

    @Test
    void aThreadsSecondLineIsNotScanned() {
        show("       CPU 0/KVM   137 [000]     1.043109: a: b");
        assertThat(prefixes.find()).isNull();
        scanned.begin();
        known.perf(scanned.LT(1));
        show("       CPU 0/KVM   137 [000]     1.999999: c: d");
        assertThat(prefixes.find().getStopIndex()).isEqualTo(41);
        known.perf(null);
        assertThat(known.clock).isEqualTo(1_999_999_000);
        assertThat(known.tid).isEqualTo(137);
        // another second, another thread, another name, a digit less, a colon less
        assertUnknown("       CPU 0/KVM   137 [000]     2.999999: c: d");
        assertUnknown("       CPU 0/KVM   138 [000]     1.999999: c: d");
        assertUnknown("       CPU 1/KVM   137 [000]     1.999999: c: d");
        assertUnknown("       CPU 0/KVM   137 [000]     1.99999: c: d");
        assertUnknown("       CPU 0/KVM   137 [000]     1.999999; c: d");
        assertUnknown("       CPU 0/KVM   137 [000]     1.9999:9: c: d");
        assertUnknown("");
    }

    /** With more behind it, the same is the frame of a stack. */
    @Test
    void aPrefixAtTheLinesEndIsNotKept() {
        show(" => 0123456789ab   137 [000]     1.043109:");
        prefixes.find();
        scanned.begin();
        assertThat(scanned.LA(1)).isEqualTo(TraceLexer.PERF_PREFIX);
        known.perf(scanned.LT(1));
        show(" => 0123456789ab   137 [000]     1.043109: a: b");
        scanned.begin();
        assertThat(scanned.LA(1)).isEqualTo(TraceLexer.STACK_FRAME);
        assertThat(prefixes.find()).isNull();
    }

    private void assertUnknown(String text) {
        show(text);
        assertThat(prefixes.find()).as(text).isNull();
    }

    /** Damage and new digits in lines of few threads, so that most prefixes are known and the others nearly so. */
    @Test
    void everyPrefixIsReadAsIfItWereScanned() {
        long seed = Long.getLong("seed", 23);
        SplittableRandom random = new SplittableRandom(seed);
        int found = 0;
        for (int i = 0; i < LINES; i++) {
            String text = mutated(random);
            show(text);
            scanned.begin();
            Token expected = scanned.LT(1);
            Token token = prefixes.find();
            if (token != null) {
                found++;
                assertThat(token.getType()).as(text).isEqualTo(expected.getType());
                assertThat(token.getStopIndex()).as(text).isEqualTo(expected.getStopIndex());
            }
            if (expected.getType() == TraceLexer.PERF_PREFIX) {
                known.perf(expected);
                decoded.perf(expected);
                assertThat(values(known)).as(text).isEqualTo(values(decoded));
            } else if (expected.getType() == TraceLexer.FTRACE_PREFIX) {
                known.ftrace(expected);
                decoded.ftrace(expected);
                assertThat(values(known)).as(text).isEqualTo(values(decoded));
            }
        }
        // neither test nothing nor find everything
        assertThat(found).isBetween(LINES / 10, LINES * 9 / 10);
    }

    private static String values(Prefix prefix) {
        return prefix.clock + " " + prefix.decimals + " " + prefix.tid + " " + prefix.tgid + " " + prefix.pcpu + " "
                + prefix.commFrom + " " + prefix.commTo + " " + prefix.named + " " + prefix.commLow + " "
                + prefix.commHigh;
    }

    private static String mutated(SplittableRandom random) {
        StringBuilder text = new StringBuilder(HEADS[random.nextInt(HEADS.length)]);
        int point = text.indexOf(".", 30);
        for (int at = point + 1; point > 0 && Character.isDigit(text.charAt(at)); at++) {
            text.setCharAt(at, (char) ('0' + random.nextInt(10)));
        }
        if (random.nextInt(3) == 0) {
            int at = random.nextInt(60);
            String few = "0123456789 :.-[]d";
            char other = random.nextInt(4) == 0
                    ? (char) (1 + random.nextInt(255))
                    : few.charAt(random.nextInt(few.length()));
            text.setCharAt(Math.min(at, text.length() - 1), other == '\n' ? ' ' : other);
        }
        return random.nextInt(20) == 0 ? text.substring(0, random.nextInt(text.length())) : text.toString();
    }

    private void show(String text) {
        byte[] bytes = (text + "\n" + " ".repeat(Long.BYTES)).getBytes(StandardCharsets.ISO_8859_1);
        line.set(bytes, 0, text.length());
    }
}
