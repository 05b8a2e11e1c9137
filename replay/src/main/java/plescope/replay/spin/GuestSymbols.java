package plescope.replay.spin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Guest kernel symbols per VM, from lines of its {@code System.map} or {@code /proc/kallsyms}. Immutable.
 *
 * <p>Addresses must be those the guest runs at: {@code nokaslr}, or kallsyms of the same boot.
 */
public final class GuestSymbols {
    /** No symbols: causes are inferred from IPIs and timing. */
    public static final GuestSymbols NONE = new GuestSymbols(Map.of(), List.of());
    /** Name that stands for every VM without symbols of its own. */
    public static final String EVERY_VM = "*";
    /** Beyond the last symbol, and in module space without module symbols, an address belongs to no function. */
    private static final long LONGEST_FUNCTION = 1 << 20;

    private final Map<String, Table> byVm;
    private final List<SpinPlace.Range> spinCode;

    private GuestSymbols(Map<String, Table> byVm, List<SpinPlace.Range> spinCode) {
        this.byVm = Map.copyOf(byVm);
        this.spinCode = List.copyOf(spinCode);
    }

    /** A function and how far into it an address lies. */
    public record Symbol(String name, long offset) {
        @Override
        public String toString() {
            return offset == 0 ? name : name + "+0x" + Long.toHexString(offset);
        }
    }

    /** Symbol tables, sorted by address as unsigned numbers. */
    private static final class Table {
        private final long[] addresses;
        private final String[] names;

        Table(List<Line> lines) {
            List<Line> sorted = new ArrayList<>(lines);
            sorted.sort(Comparator.comparing(Line::address, Long::compareUnsigned));
            addresses = new long[sorted.size()];
            names = new String[sorted.size()];
            for (int i = 0; i < addresses.length; i++) {
                addresses[i] = sorted.get(i).address();
                names[i] = sorted.get(i).name();
            }
        }

        Symbol find(long rip) {
            int low = 0;
            int high = addresses.length - 1;
            while (low <= high) {
                int mid = (low + high) >>> 1;
                if (Long.compareUnsigned(addresses[mid], rip) <= 0) {
                    low = mid + 1;
                } else {
                    high = mid - 1;
                }
            }
            if (high < 0 || rip - addresses[high] >= LONGEST_FUNCTION) {
                return null;
            }
            // Aliases share an address (_text, _stext, startup_64): the first in file order is the usual name.
            int first = high;
            while (first > 0 && addresses[first - 1] == addresses[high]) {
                first--;
            }
            return new Symbol(names[first], rip - addresses[first]);
        }
    }

    private record Line(long address, String name) {}

    /**
     * These symbols plus those of one more VM.
     *
     * @param vm the VM's name as the roster spells it, or {@link #EVERY_VM}
     * @throws IllegalArgumentException with the reason and a remedy if the lines hold no usable symbols
     */
    public GuestSymbols with(String vm, Stream<String> lines) {
        List<Line> text = new ArrayList<>();
        int[] zeros = new int[1];
        lines.forEach(line -> {
            if (line.contains("The real System.map is in")) {
                throw new IllegalArgumentException("symbols of " + vm
                        + ": this is Debian's stub System.map; install the linux-image-...-dbg package of the guest's"
                        + " kernel and use the System.map in it, or copy the guest's /proc/kallsyms as root");
            }
            Line symbol = parse(line);
            if (symbol != null && symbol.address() == 0) {
                zeros[0]++;
            } else if (symbol != null) {
                text.add(symbol);
            }
        });
        if (text.isEmpty() && zeros[0] > 0) {
            throw new IllegalArgumentException("symbols of " + vm
                    + ": all addresses are zero (kptr_restrict); copy the guest's /proc/kallsyms as root");
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    "symbols of " + vm + ": no line looks like 'ffffffff81000000 T _text' (System.map or kallsyms)");
        }
        Map<String, Table> more = new HashMap<>(byVm);
        more.put(vm, new Table(text));
        return new GuestSymbols(more, spinCode);
    }

    /** The symbols of one VM alone; see {@link #with}. */
    public static GuestSymbols parse(String vm, Stream<String> lines) {
        return NONE.with(vm, lines);
    }

    public boolean isEmpty() {
        return byVm.isEmpty();
    }

    /** The function an address of this VM lies in, null where no table covers it. */
    public Symbol lookup(String vm, long rip) {
        Table table = byVm.get(vm);
        if (table == null) {
            table = byVm.get(EVERY_VM);
        }
        return table == null ? null : table.find(rip);
    }

    /** These symbols and what else the user knows of the guests: code that does nothing but spin. */
    public GuestSymbols withSpinCode(List<SpinPlace.Range> ranges) {
        List<SpinPlace.Range> all = new ArrayList<>(spinCode);
        all.addAll(ranges);
        return new GuestSymbols(byVm, all);
    }

    /** Code that was named to spin, beside functions that do so by their names. */
    public List<SpinPlace.Range> spinCode() {
        return spinCode;
    }

    /** What is known here, and of what nothing is known here, what is known there. */
    public GuestSymbols or(GuestSymbols there) {
        List<SpinPlace.Range> all = new ArrayList<>(spinCode);
        all.addAll(there.spinCode);
        return new GuestSymbols(byVm.isEmpty() ? there.byVm : byVm, all);
    }

    /** The spinning code this address lies in, null where none is known: listed ranges first, then functions by name. */
    public SpinPlace spinPlace(String vm, long rip) {
        for (SpinPlace.Range range : spinCode) {
            if (range.contains(vm, rip)) {
                return range.place();
            }
        }
        Symbol symbol = lookup(vm, rip);
        if (symbol == null || !FunctionClass.spinsThroughout(symbol.name())) {
            return null;
        }
        boolean ipi = FunctionClass.of(symbol.name()) == FunctionClass.IPI;
        return new SpinPlace(symbol.name(), ipi ? SpinPlace.Kind.IPI : SpinPlace.Kind.LOCK);
    }

    /** Picoseconds per unit of PLE window as listed with spinning code, the middle one where several are; 0 where none is. */
    public long pleUnitPicos() {
        long[] units = spinCode.stream()
                .mapToLong(SpinPlace.Range::unitPicos)
                .filter(unit -> unit > 0)
                .sorted()
                .toArray();
        return units.length == 0 ? 0 : units[units.length / 2];
    }

    /** {@code address type name [module]}; null for what is no code symbol. */
    private static Line parse(String line) {
        int type = line.indexOf(' ');
        if (type < 8 || type > 16 || line.length() < type + 4 || line.charAt(type + 2) != ' ') {
            return null;
        }
        char kind = line.charAt(type + 1);
        if (kind != 'T' && kind != 't' && kind != 'W' && kind != 'w') {
            return null;
        }
        try {
            int nameEnd = line.indexOf('\t', type + 3);
            String name = line.substring(type + 3, nameEnd < 0 ? line.length() : nameEnd)
                    .strip();
            return new Line(Long.parseUnsignedLong(line, 0, type, 16), name);
        } catch (NumberFormatException notAnAddress) {
            return null;
        }
    }
}
