package dev.mortise.host.packages;

import java.io.IOException;
import java.io.InputStream;

/** The content of one entry, charged to the budget as it is read. Closing it leaves the archive open. */
final class BudgetedContent extends BulkInputStream {

    private final EntryName entry;
    private final InputStream content;
    private final UnpackBudget budget;
    private long total;

    BudgetedContent(EntryName entry, InputStream content, UnpackBudget budget) {
        this.entry = entry;
        this.content = content;
        this.budget = budget;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = content.read(target, offset, length);
        if (read > 0) {
            total += read;
            budget.spend(entry, total, read);
        }
        return read;
    }
}
