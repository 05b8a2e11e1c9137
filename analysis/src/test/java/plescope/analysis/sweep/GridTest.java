package plescope.analysis.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {
    private static List<String> of(String... axes) {
        return Grid.parse(List.of(axes)).whatIfs();
    }

    @Test
    void axesMultiplyAndTheLastVariesFastest() {
        assertThat(of("setting=cfs-6.1+p2019,+debooster{gran=1ms}", "ple_window=1024,4096"))
                .containsExactly(
                        "cfs-6.1+p2019; ple_window=1024",
                        "cfs-6.1+p2019; ple_window=4096",
                        "+debooster{gran=1ms}; ple_window=1024",
                        "+debooster{gran=1ms}; ple_window=4096");
    }

    @Test
    void settingsOfTwoAxesJoin() {
        assertThat(of("setting=cfs-6.1,eevdf-6.12", "setting=p2011,+debooster"))
                .containsExactly("cfs-6.1+p2011", "cfs-6.1+debooster", "eevdf-6.12+p2011", "eevdf-6.12+debooster");
    }

    @Test
    void rangesAreEvenOrMultiply() {
        assertThat(of("gran=1ms..4ms/4")).containsExactly("gran=1ms", "gran=2ms", "gran=3ms", "gran=4ms");
        assertThat(of("gran=500us..2ms/4")).containsExactly("gran=500us", "gran=1ms", "gran=1.5ms", "gran=2ms");
        assertThat(of("w=1024..16384*2")).containsExactly("w=1024", "w=2048", "w=4096", "w=8192", "w=16384");
        // 1, 3, 9; 27 lies beyond
        assertThat(of("w=1..20*3")).containsExactly("w=1", "w=3", "w=9");
        // whole numbers stay whole: 1, 1.5, 2
        assertThat(of("w=1..2/3")).containsExactly("w=1", "w=2");
        assertThat(of("r=0.5..1.5/3")).containsExactly("r=0.5", "r=1", "r=1.5");
        assertThat(of("t=1..3ms/3")).containsExactly("t=1ms", "t=2ms", "t=3ms");
    }

    @Test
    void rangesWithinBracesMultiplyToo() {
        assertThat(of("setting=+p{a=1..2/2,b=3..4/2}"))
                .containsExactly("+p{a=1,b=3}", "+p{a=1,b=4}", "+p{a=2,b=3}", "+p{a=2,b=4}");
    }

    @Test
    void barsSeparateValuesThatHaveCommas() {
        assertThat(of("pin=vm0:0,vm1:1|cyclic")).containsExactly("pin=vm0:0,vm1:1", "pin=cyclic");
    }

    @Test
    void mistakesAreSaid() {
        assertThatThrownBy(() -> of("ple_window")).hasMessageContaining("not of the form NAME=VALUE");
        assertThatThrownBy(() -> of("w=1,,2")).hasMessageContaining("empty value");
        assertThatThrownBy(() -> of("w=1..9")).hasMessageContaining("must say which values it holds");
        assertThatThrownBy(() -> of("w=9..1/3")).hasMessageContaining("must be above its first");
        assertThatThrownBy(() -> of("w=1..9/1")).hasMessageContaining("whole number of 2");
        assertThatThrownBy(() -> of("w=0..9*2")).hasMessageContaining("from above 0");
        assertThatThrownBy(() -> of("w=1..9*1")).hasMessageContaining("a factor above 1");
        assertThatThrownBy(() -> of("w=1ms..9/3")).hasMessageContaining("no unit");
        assertThatThrownBy(() -> of("a=1..1000/1000", "b=1..1000/1000")).hasMessageContaining("more than 100000");
    }
}
