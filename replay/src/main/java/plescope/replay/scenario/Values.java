package plescope.replay.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import plescope.replay.model.CpuSet;
import plescope.replay.policy.EditDistance;
import plescope.replay.scenario.Constant.Kind;
import plescope.replay.scenario.grammar.ScenarioParser.CalibratedContext;
import plescope.replay.scenario.grammar.ScenarioParser.ConstantContext;
import plescope.replay.scenario.grammar.ScenarioParser.CpusContext;
import plescope.replay.scenario.grammar.ScenarioParser.LengthContext;
import plescope.replay.scenario.grammar.ScenarioParser.NameContext;
import plescope.replay.scenario.grammar.ScenarioParser.OnOffContext;
import plescope.replay.scenario.grammar.ScenarioParser.ParamContext;
import plescope.replay.scenario.grammar.ScenarioParser.ParameterContext;
import plescope.replay.scenario.grammar.ScenarioParser.ProductContext;
import plescope.replay.scenario.grammar.ScenarioParser.RangeContext;
import plescope.replay.scenario.grammar.ScenarioParser.ReferenceContext;
import plescope.replay.scenario.grammar.ScenarioParser.SumContext;
import plescope.replay.scenario.grammar.ScenarioParser.SumsContext;
import plescope.replay.scenario.grammar.ScenarioParser.TextContext;
import plescope.replay.scenario.grammar.ScenarioParser.ValueContext;
import plescope.replay.scenario.grammar.ScenarioParser.WholeContext;

/** Values of a scenario, with its parameters put in. */
final class Values {
    /** The number of a VM's copy, from 0; known inside the VM only. */
    static final String COPY = "copy";

    private final SourceText source;
    private final Map<String, String> given;
    private final Map<String, Constant> known = new LinkedHashMap<>();
    private final List<ScenarioParameter> parameters = new ArrayList<>();

    /** Knows no parameter yet; those {@code given} take their value from there when they are declared. */
    Values(SourceText source, Map<String, String> given) {
        this.source = source;
        this.given = new TreeMap<>(given);
    }

    /** Parameters in the order of their declaration. */
    List<ScenarioParameter> parameters() {
        return parameters;
    }

    void declare(ParamContext param) {
        Constant value = define(param.parameter(), param.constant());
        parameters.add(new ScenarioParameter(name(param.parameter()), value.toString(), prose(param.STRING())));
    }

    /** A fitted number is used like a parameter, and may be changed like one. */
    Calibration declare(CalibratedContext fitted) {
        Constant value = define(fitted.parameter(), fitted.constant());
        return new Calibration(name(fitted.parameter()), value.toString(), prose(fitted.STRING()));
    }

    private Constant define(ParameterContext parameter, ConstantContext constant) {
        String name = name(parameter);
        Token at = parameter.getStart();
        if (name.equals(COPY)) {
            throw source.error(at, "'copy' is the number of a VM's copy and cannot be a parameter");
        }
        if (known.containsKey(name)) {
            throw source.error(at, "parameter '" + name + "' is declared twice");
        }
        Constant value = constant(constant);
        String typed = given.remove(name);
        if (typed != null) {
            value = override(at, name, value.kind(), typed);
        }
        known.put(name, value);
        return value;
    }

    private Constant override(Token at, String name, Kind kind, String typed) {
        try {
            return Constant.parse(kind, typed);
        } catch (NumberFormatException | ArithmeticException e) {
            ScenarioException refusal = source.error(
                    at, "parameter '" + name + "' must be " + kind.phrase() + ", was given as '" + typed + "'", "");
            refusal.initCause(e);
            throw refusal;
        }
    }

    /** After the whole file: a parameter given from outside that nobody declared is a mistake. */
    void refuseUnknownParameters() {
        if (!given.isEmpty()) {
            String first = given.keySet().iterator().next();
            throw source.error("this scenario has no parameter '" + first + "'", knownParameters(first));
        }
    }

    private String knownParameters(String typed) {
        List<String> names = new ArrayList<>(known.keySet());
        if (names.isEmpty()) {
            return "it has no parameters at all";
        }
        return EditDistance.between(typed, EditDistance.nearest(typed, names)) <= 2
                ? "did you mean '" + EditDistance.nearest(typed, names) + "'?"
                : "its parameters are " + String.join(", ", names);
    }

    void enterCopy(int copy) {
        known.put(COPY, Constant.number(copy));
    }

    void leaveCopies() {
        known.remove(COPY);
    }

    /** A whole number in the range, both ends included. */
    long number(ValueContext value, String what, long least, long most) {
        long number = of(value, Kind.NUMBER).number();
        if (number < least || number > most) {
            throw source.error(value.getStart(), what + " must lie in " + least + ".." + most + ", was " + number);
        }
        return number;
    }

    int integer(ValueContext value, String what, int least, int most) {
        return (int) number(value, what, least, most);
    }

    /** A duration in nanoseconds, in the range. */
    long nanos(ValueContext value, String what, long least, long most) {
        Constant duration = of(value, Kind.DURATION);
        if (!duration.wholeNanos()) {
            throw source.error(value.getStart(), what + " must be whole nanoseconds, was " + duration);
        }
        if (duration.nanos() < least || duration.nanos() > most) {
            throw source.error(
                    value.getStart(),
                    what + " must lie in " + Constant.duration(least * 1000) + ".." + Constant.duration(most * 1000)
                            + ", was " + duration);
        }
        return duration.nanos();
    }

    long picos(ValueContext value, String what, long least, long most) {
        Constant duration = of(value, Kind.DURATION);
        if (duration.number() < least || duration.number() > most) {
            throw source.error(
                    value.getStart(),
                    what + " must lie in " + Constant.duration(least) + ".." + Constant.duration(most) + ", was "
                            + duration);
        }
        return duration.number();
    }

    boolean onOff(OnOffContext value) {
        return value.REF() == null
                ? value.getText().equals("on")
                : reference(value.REF().getSymbol(), Kind.SWITCH).number() == 1;
    }

    String text(TextContext text) {
        return text.REF() == null
                ? unquoted(text.STRING().getText())
                : reference(text.REF().getSymbol(), Kind.TEXT).text();
    }

    /** A text that a parameter holds. */
    String text(Token reference) {
        return reference(reference, Kind.TEXT).text();
    }

    /** Numbers from 0 to {@code most}, as a CPU list. */
    CpuSet cpus(CpusContext list, String what, int most) {
        CpuSet set = CpuSet.of();
        for (RangeContext range : list.range()) {
            int from = integer(range.value(0), what, 0, most);
            int to = range.value().size() == 1 ? from : integer(range.value(1), what, 0, most);
            if (to < from) {
                throw source.error(range.getStart(), from + "-" + to + " runs backwards and has no member");
            }
            set = set.or(CpuSet.range(from, to));
        }
        return set;
    }

    static String name(NameContext name) {
        return name.STRING() == null ? name.getText() : unquoted(name.getText());
    }

    static String name(ParameterContext parameter) {
        return parameter.REF() == null
                ? parameter.getText()
                : parameter.getText().substring(1);
    }

    static String unquoted(String literal) {
        return literal.substring(1, literal.length() - 1);
    }

    /** Texts in a row are one text. */
    static String prose(List<TerminalNode> texts) {
        StringBuilder prose = new StringBuilder();
        for (var text : texts) {
            prose.append(prose.length() == 0 ? "" : " ").append(unquoted(text.getText()));
        }
        return prose.toString();
    }

    Constant constant(ConstantContext constant) {
        if (constant.value() != null) {
            return evaluate(constant.value());
        }
        return constant.STRING() != null
                ? Constant.text(unquoted(constant.STRING().getText()))
                : Constant.onOff(constant.getText().equals("on"));
    }

    private Constant of(ValueContext value, Kind kind) {
        Constant constant = evaluate(value);
        if (constant.kind() != kind) {
            throw source.error(
                    value.getStart(),
                    "expected " + kind.phrase() + ", found " + constant,
                    kind == Kind.DURATION && constant.kind() == Kind.NUMBER ? "add a unit: ns, us, ms or s" : "");
        }
        return constant;
    }

    private Constant evaluate(ValueContext value) {
        if (value instanceof WholeContext) {
            return literal(value, Kind.NUMBER);
        }
        if (value instanceof LengthContext) {
            return literal(value, Kind.DURATION);
        }
        if (value instanceof ReferenceContext reference) {
            return lookUp(reference.REF().getSymbol());
        }
        return sum(((SumsContext) value).sum());
    }

    private Constant literal(ParserRuleContext literal, Kind kind) {
        try {
            return Constant.parse(kind, literal.getText());
        } catch (ArithmeticException e) {
            throw tooLarge(literal.getStart(), e);
        }
    }

    private ScenarioException tooLarge(Token at, ArithmeticException cause) {
        ScenarioException refusal = source.error(
                at, "this is more than fits, or finer than a picosecond", "durations may be up to 100 days long");
        refusal.initCause(cause);
        return refusal;
    }

    private Constant reference(Token at, Kind kind) {
        Constant constant = lookUp(at);
        if (constant.kind() != kind) {
            throw source.error(at, at.getText() + " is " + constant + "; needed is " + kind.phrase());
        }
        return constant;
    }

    private Constant lookUp(Token at) {
        String name = at.getText().substring(1);
        Constant constant = known.get(name);
        if (constant == null) {
            String hint = name.equals(COPY) ? "$copy has a value inside a vm only" : knownParameters(name);
            throw source.error(at, "there is no parameter '" + name + "' above this line", hint);
        }
        return constant;
    }

    private Constant sum(SumContext sum) {
        Constant total = product(sum.product(0));
        for (int i = 1; i < sum.product().size(); i++) {
            Token op = sum.op.get(i - 1);
            Constant next = product(sum.product(i));
            if (next.kind() != total.kind() || !isQuantity(total)) {
                throw source.error(op, "cannot add or subtract " + total + " and " + next);
            }
            try {
                long signed = op.getText().equals("+") ? next.number() : Math.negateExact(next.number());
                total = new Constant(total.kind(), Math.addExact(total.number(), signed), "");
            } catch (ArithmeticException e) {
                throw tooLarge(op, e);
            }
        }
        return total;
    }

    private static boolean isQuantity(Constant constant) {
        return constant.kind() == Kind.NUMBER || constant.kind() == Kind.DURATION;
    }

    private Constant product(ProductContext product) {
        Constant total = evaluate(product.value(0));
        for (int i = 1; i < product.value().size(); i++) {
            total = product(total, product.op.get(i - 1), evaluate(product.value(i)));
        }
        return total;
    }

    /** Of two factors at most one is a duration, and only numbers divide. */
    private Constant product(Constant left, Token op, Constant right) {
        boolean divides = op.getText().equals("/");
        boolean oneNumber = left.kind() == Kind.NUMBER || right.kind() == Kind.NUMBER;
        if (!isQuantity(left) || !isQuantity(right) || !oneNumber || (divides && right.kind() != Kind.NUMBER)) {
            throw source.error(op, "cannot " + (divides ? "divide " : "multiply ") + left + " by " + right);
        }
        if (divides && right.number() == 0) {
            throw source.error(op, "division by zero");
        }
        Kind kind = left.kind() == Kind.NUMBER ? right.kind() : left.kind();
        try {
            long number = divides ? left.number() / right.number() : Math.multiplyExact(left.number(), right.number());
            return new Constant(kind, number, "");
        } catch (ArithmeticException e) {
            throw tooLarge(op, e);
        }
    }
}
