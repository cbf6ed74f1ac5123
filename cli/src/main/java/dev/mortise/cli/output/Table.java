package dev.mortise.cli.output;

import dev.mortise.api.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Rows under headings, each column as wide as its widest cell. */
public final class Table {

    private static final int GAP = 2;

    private final List<String> headings;
    private final List<List<Cell>> rows = new ArrayList<>();

    private record Cell(String text, Tone tone) {}

    private Table(List<String> headings) {
        this.headings = headings;
    }

    public static Table of(String... headings) {
        return new Table(List.of(headings));
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Adds a row: one value a column, shown as its text, in the tone that its text suggests. */
    public Table row(Object... values) {
        List<Cell> row = new ArrayList<>();
        for (Object value : values) {
            String text = Output.printable(value.toString()).replace('\n', ' ').replace('\t', ' ');
            row.add(new Cell(text.isEmpty() ? "-" : text, Tone.of(text)));
        }
        rows.add(row);
        return this;
    }

    /** Adds a row for each object: the members of these names, as text. */
    public Table rows(List<JsonObject> objects, String... members) {
        for (JsonObject object : objects) {
            row(Stream.of(members).map(member -> Fields.text(object, member)).toArray());
        }
        return this;
    }

    List<String> lines(boolean colours) {
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = headings.get(column).length();
            for (List<Cell> row : rows) {
                widths[column] = Math.max(widths[column], width(row.get(column).text()));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(
                headings.stream()
                        .map(heading -> new Cell(heading.toUpperCase(Locale.ROOT), Tone.HEADING))
                        .toList(),
                widths,
                colours));
        rows.forEach(row -> lines.add(line(row, widths, colours)));
        return lines;
    }

    private static String line(List<Cell> cells, int[] widths, boolean colours) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            Cell cell = cells.get(column);
            line.append(colours ? cell.tone().paint(cell.text()) : cell.text());
            if (column < cells.size() - 1) {
                line.repeat(' ', widths[column] - width(cell.text()) + GAP);
            }
        }
        return line.toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
