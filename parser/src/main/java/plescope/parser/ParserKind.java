package plescope.parser;

/** Who cuts lines into tokens. Both follow the same grammar and find the same; they differ in speed. */
public enum ParserKind {
    /** The lexer as ANTLR makes it. */
    STOCK,
    /** The Java code that the build makes of ANTLR's lexer. */
    COMPILED
}
