package dev.mortise.host.packages;

import java.io.IOException;
import java.io.InputStream;

/** Where every entry of a package, whatever it comes from, passes the rules for names and sizes on its way to a sink. */
final class EntryGate {

    private final PackageLimits limits;
    private final UnpackBudget budget;
    private final EntrySink sink;
    private final NameIndex names = new NameIndex();

    EntryGate(PackageLimits limits, UnpackBudget budget, EntrySink sink) {
        this.limits = limits;
        this.budget = budget;
        this.sink = sink;
    }

    /** @param raw the name, with or without a slash at its end */
    void folder(String raw) throws IOException {
        EntryName name = EntryName.of(raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw, limits);
        for (EntryName folder : names.addFolder(name)) {
            sink.folder(folder);
        }
        checkCount();
    }

    void file(String raw, boolean executable, InputStream content) throws IOException {
        EntryName name = EntryName.of(raw, limits);
        for (EntryName folder : names.addFile(name)) {
            sink.folder(folder);
        }
        checkCount();
        sink.file(name, executable, new BudgetedContent(name, content, budget));
    }

    private void checkCount() throws RefusalException {
        if (names.size() > limits.entries()) {
            throw tooManyEntries(limits);
        }
    }

    static RefusalException tooManyEntries(PackageLimits limits) {
        return RefusalException.tooLarge("The package has more than " + limits.entries()
                + " files and folders, which is as many as this host takes.");
    }
}
