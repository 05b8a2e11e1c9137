package plescope.analysis.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PairFileTest {
    @TempDir
    private Path folder;

    private List<Pair> read(String text) throws IOException {
        return PairFile.read(Files.writeString(folder.resolve("pairs.csv"), text));
    }

    /** Medians 400 and 200, repeats 300 to 500; the other side was recorded once and may be a fifth off: 160 to 240. */
    @Test
    void ratiosAreThoseOfMediansAndSingleRecordingsAreAFifthUnsure() throws IOException {
        Pair pair = read("""
                        vm,id,trace_a,trace_b,knob,change,ops_per_s_a,ops_per_s_b,repeats_a,median_a,min_a,max_a,repeats_b,\
                        median_b,min_b,max_b,ratio_of_medians,beyond_noise
                        A,s1,one,two,ple_window,on -> off,410,200,4,400,300,500,1,200,200,200,0.5,yes
                        """).get(0);
        assertThat(pair.ratio()).isEqualTo(0.5, within(1e-12));
        assertThat(pair.lowestRatio()).isEqualTo(160 / 500.0, within(1e-12));
        assertThat(pair.highestRatio()).isEqualTo(240 / 300.0, within(1e-12));
        assertThat(pair.beyondNoise()).isTrue();
        Pair back = pair.reversed();
        assertThat(back.change()).isEqualTo("off -> on");
        assertThat(back.a().trace()).isEqualTo("two");
        assertThat(back.ratio()).isEqualTo(2, within(1e-12));
        assertThat(back.lowestRatio()).isEqualTo(300 / 240.0, within(1e-12));
    }

    /** 100 against 130: 120 and 104 overlap. 100 against 200: 120 and 160 do not. */
    @Test
    void aListNeedsNoRepeats() throws IOException {
        List<Pair> pairs = read("""
                id,trace_a,trace_b,knob,change,vm,ops_per_s_a,ops_per_s_b
                x,one,two,ple_window,on -> off (null pair: no overcommit),A,100,130
                y,one,two,ple_window,on -> off,A,100,200
                """);
        assertThat(pairs.stream().map(Pair::beyondNoise)).containsExactly(false, true);
        assertThat(pairs.stream().map(Pair::isNull)).containsExactly(true, false);
        assertThat(pairs.get(0).reversed().change()).isEqualTo("off -> on (null pair: no overcommit)");
    }

    @Test
    void aFaultyRowIsNamed() {
        assertThatThrownBy(() -> read("""
                        id,trace_a,trace_b,knob,change,vm,ops_per_s_a,ops_per_s_b
                        x,one,two,k,c,A,100,130
                        x,one,two,k,c,A,100,many
                        """))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("row 2: column ops_per_s_b holds no number: many");
        assertThatThrownBy(() -> read("""
                        id,trace_a,trace_b,knob,change,vm,ops_per_s_a,ops_per_s_b,repeats_a
                        x,one,two,k,c,A,100,130,few
                        """)).hasMessageEndingWith("row 1: column repeats_a holds no count: few");
        assertThatThrownBy(() -> read("id,trace_a\nx,one\n")).hasMessageContaining("is missing");
    }
}
