package plescope.parser.generator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.Tool;
import org.antlr.v4.parse.ANTLRParser;
import org.antlr.v4.tool.Grammar;
import org.antlr.v4.tool.Rule;
import org.antlr.v4.tool.ast.GrammarAST;

/**
 * Makes {@code TraceDriver.java} out of {@code TraceParser.g4}: the same rules and actions as ANTLR's parser, without the context
 * object that ANTLR makes for every rule it enters. One token decides every branch, or generating fails.
 */
final class DriverGenerator {
    static final String CLASS = "TraceDriver";

    private final Grammar grammar;
    private final JavaText out = new JavaText();

    /** @param tokens folder of the lexer's {@code .tokens} file */
    DriverGenerator(Path parserGrammar, Path tokens) {
        Tool tool = new Tool(new String[] {"-lib", tokens.toString()});
        grammar = tool.loadGrammar(parserGrammar.toString());
        tool.process(grammar, false);
        if (tool.getNumErrors() > 0) {
            throw new IllegalArgumentException("ANTLR refuses " + parserGrammar);
        }
    }

    /** The driver's source. */
    String source() {
        out.line("// Generated from TraceParser.g4 by " + DriverGenerator.class.getName() + ". Do not edit.");
        out.line("package " + ScannerGenerator.PACKAGE + ";");
        out.line("");
        out.line("import static plescope.parser.grammar.TraceLexer.*;");
        out.line("");
        out.line("import org.antlr.v4.runtime.Token;");
        out.line("import org.antlr.v4.runtime.TokenStream;");
        out.line("");
        out.line(
                "/** The rules of TraceParser as plain methods; a line that fits none is refused by {@link LineRefused}. */");
        out.line("public final class " + CLASS + " {");
        out.line("private final TokenStream tokens;");
        out.line("private final LineRefused refused = new LineRefused();");
        grammar.namedActions
                .get("members")
                .getText()
                .replaceAll("^\\{|}$", "")
                .strip()
                .lines()
                .map(String::strip)
                .forEach(out::line);
        out.line("");
        out.line("public " + CLASS + "(TokenStream tokens) {");
        out.line("this.tokens = tokens;");
        out.line("}");
        out.line("");
        out.line("private Token take() {");
        out.line("Token token = tokens.LT(1);");
        out.line("tokens.consume();");
        out.line("return token;");
        out.line("}");
        out.line("");
        out.line("private Token take(int type) {");
        out.line("if (tokens.LA(1) != type) {");
        out.line("throw refused;");
        out.line("}");
        out.line("return take();");
        out.line("}");
        grammar.rules.values().forEach(this::rule);
        out.line("}");
        return out.toString();
    }

    private void rule(Rule rule) {
        GrammarAST parameters = (GrammarAST) rule.ast.getFirstChildWithType(ANTLRParser.ARG_ACTION);
        out.line("");
        out.line("public void " + rule.name + "(" + (parameters == null ? "" : parameters.getText()) + ") {");
        GrammarAST block = (GrammarAST) rule.ast.getFirstChildWithType(ANTLRParser.BLOCK);
        Set<String> labels = new LinkedHashSet<>();
        collectLabels(block, labels);
        labels.forEach(label -> out.line("Token " + label + " = null;"));
        block(block);
        out.line("}");
    }

    private static void collectLabels(GrammarAST node, Set<String> labels) {
        if (node.getType() == ANTLRParser.ASSIGN) {
            labels.add(node.getChild(0).getText());
        }
        for (GrammarAST child : children(node)) {
            collectLabels(child, labels);
        }
    }

    private static List<GrammarAST> children(GrammarAST node) {
        List<GrammarAST> children = new ArrayList<>();
        for (int i = 0; i < node.getChildCount(); i++) {
            children.add((GrammarAST) node.getChild(i));
        }
        return children;
    }

    private void block(GrammarAST block) {
        List<GrammarAST> alternatives = children(block);
        if (alternatives.size() == 1) {
            sequence(alternatives.get(0), false);
            return;
        }
        out.line("switch (tokens.LA(1)) {");
        Set<String> seen = new TreeSet<>();
        for (GrammarAST alternative : alternatives) {
            for (String token : first(alternative)) {
                if (!seen.add(token)) {
                    throw new IllegalArgumentException("two alternatives begin with " + token);
                }
                out.line("case " + token + ":");
            }
            out.indent();
            sequence(alternative, true);
            out.line("break;");
            out.outdent();
        }
        out.line("default:");
        out.line("    throw refused;");
        out.line("}");
    }

    /** @param seen whether the token ahead is known to be one that the sequence begins with */
    private void sequence(GrammarAST sequence, boolean seen) {
        boolean known = seen;
        for (GrammarAST element : children(sequence)) {
            element(element, known);
            known = false;
        }
    }

    private void element(GrammarAST element, boolean seen) {
        switch (element.getType()) {
            case ANTLRParser.TOKEN_REF -> out.line(token(element, seen) + ";");
            case ANTLRParser.SET -> set(element, "", seen);
            case ANTLRParser.ASSIGN -> assign((GrammarAST) element.getChild(0), (GrammarAST) element.getChild(1), seen);
            case ANTLRParser.RULE_REF -> out.line(element.getText() + "(" + arguments(element) + ");");
            case ANTLRParser.ACTION -> action(element);
            case ANTLRParser.BLOCK -> block(element);
            case ANTLRParser.OPTIONAL -> optional(element);
            default -> throw new IllegalArgumentException("the driver has no code for " + element.toStringTree());
        }
    }

    private static String token(GrammarAST element, boolean seen) {
        if (seen) {
            return "take()";
        }
        return element.getText().equals("EOF") ? "take(Token.EOF)" : "take(" + element.getText() + ")";
    }

    private void assign(GrammarAST label, GrammarAST value, boolean seen) {
        if (value.getType() == ANTLRParser.TOKEN_REF) {
            out.line(label.getText() + " = " + token(value, seen) + ";");
        } else if (value.getType() == ANTLRParser.SET) {
            set(value, label.getText() + " = ", seen);
        } else {
            throw new IllegalArgumentException("a label stands before " + value.toStringTree());
        }
    }

    private void set(GrammarAST set, String assignment, boolean seen) {
        if (seen) {
            out.line(assignment + "take();");
            return;
        }
        out.line("switch (tokens.LA(1)) {");
        first(set).forEach(token -> out.line("case " + token + ":"));
        out.line("    " + assignment + "take();");
        out.line("    break;");
        out.line("default:");
        out.line("    throw refused;");
        out.line("}");
    }

    private static String arguments(GrammarAST call) {
        GrammarAST arguments = (GrammarAST) call.getFirstChildWithType(ANTLRParser.ARG_ACTION);
        return arguments == null ? "" : plain(arguments.getText());
    }

    private void action(GrammarAST action) {
        out.line(plain(action.getText().replaceAll("^\\{|}$", "").strip()));
    }

    /** {@code $name} is a local variable here. */
    private static String plain(String text) {
        return text.replaceAll("\\$([A-Za-z]+)", "$1");
    }

    private void optional(GrammarAST optional) {
        GrammarAST block = (GrammarAST) optional.getChild(0);
        StringBuilder condition = new StringBuilder();
        for (String token : first(block)) {
            condition
                    .append(condition.length() == 0 ? "" : " || ")
                    .append("tokens.LA(1) == ")
                    .append(token);
        }
        out.line("if (" + condition + ") {");
        if (block.getChildCount() == 1) {
            sequence((GrammarAST) block.getChild(0), true);
        } else {
            block(block);
        }
        out.line("}");
    }

    /** The tokens something can begin with; no alternative may be empty. */
    private Set<String> first(GrammarAST node) {
        Set<String> first = new LinkedHashSet<>();
        switch (node.getType()) {
            case ANTLRParser.TOKEN_REF -> first.add(node.getText().equals("EOF") ? "Token.EOF" : node.getText());
            case ANTLRParser.SET, ANTLRParser.BLOCK -> children(node).forEach(child -> first.addAll(first(child)));
            case ANTLRParser.ALT -> firstOfSequence(children(node), first);
            case ANTLRParser.OPTIONAL -> first.addAll(first((GrammarAST) node.getChild(0)));
            case ANTLRParser.ASSIGN -> first.addAll(first((GrammarAST) node.getChild(1)));
            case ANTLRParser.RULE_REF ->
                first.addAll(first(
                        (GrammarAST) grammar.getRule(node.getText()).ast.getFirstChildWithType(ANTLRParser.BLOCK)));
            default -> throw new IllegalArgumentException("the driver cannot begin with " + node.toStringTree());
        }
        return first;
    }

    /** Options may be absent, so what follows them may come first too; a sequence of nothing else is refused. */
    private void firstOfSequence(List<GrammarAST> elements, Set<String> first) {
        for (GrammarAST element : elements) {
            for (String token : first(element)) {
                if (!first.add(token)) {
                    throw new IllegalArgumentException("an option and what follows it begin with " + token);
                }
            }
            if (element.getType() != ANTLRParser.OPTIONAL) {
                return;
            }
        }
        throw new IllegalArgumentException("an alternative may be empty: " + elements);
    }
}
