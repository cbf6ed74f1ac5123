package dev.mortise.storage;

import org.jdbi.v3.core.statement.ParsedParameters;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.TemplateEngine;

/**
 * The one form of SQL that this storage uses: parameters are question marks, and nothing is put into the text. So only
 * the marks have to be counted, where Jdbi's own parsers run the text through a generated lexer, whose first use takes
 * about as long as opening the database. A question mark in a literal is not told from a parameter; such a value is to be
 * passed as one.
 */
final class PositionalSql implements SqlParser {

    /** Sets a host's statements up for it. */
    static void use(SqlStatements statements) {
        statements.setTemplateEngine(TemplateEngine.NOP).setSqlParser(new PositionalSql());
    }

    @Override
    public ParsedSql parse(String sql, StatementContext context) {
        int parameters = (int) sql.chars().filter(character -> character == '?').count();
        return ParsedSql.of(sql, ParsedParameters.positional(parameters));
    }

    @Override
    public String nameParameter(String rawName, StatementContext context) {
        throw new UnsupportedOperationException("parameters have no names, but one is called " + rawName);
    }
}
