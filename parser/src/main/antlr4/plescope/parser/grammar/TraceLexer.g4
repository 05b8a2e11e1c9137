lexer grammar TraceLexer;
NEWLINE : '\n' ;
