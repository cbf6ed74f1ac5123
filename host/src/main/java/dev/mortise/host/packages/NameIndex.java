package dev.mortise.host.packages;

import dev.mortise.host.model.Text;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The names seen so far in one package. It refuses names that could not stand beside each other on every file system:
 * the same name twice, names that differ only in case or Unicode form, a file where there is a folder.
 */
final class NameIndex {

    private enum Kind {
        FILE,
        FOLDER,
        /** Only named as a part of other names so far. */
        IMPLIED_FOLDER
    }

    private record Known(String path, Kind kind) {}

    private final Map<String, Known> byFoldedPath = new HashMap<>();

    /** @return the folders that lead to the entry and were not known yet, outermost first */
    List<EntryName> addFile(EntryName name) throws RefusalException {
        return add(name, Kind.FILE);
    }

    /** @return the folders that were not known yet, outermost first, this one included */
    List<EntryName> addFolder(EntryName name) throws RefusalException {
        return add(name, Kind.FOLDER);
    }

    int size() {
        return byFoldedPath.size();
    }

    private List<EntryName> add(EntryName name, Kind kind) throws RefusalException {
        String path = name.path();
        String folded = fold(path);
        List<EntryName> fresh = new ArrayList<>();
        int end = path.indexOf('/');
        int foldedEnd = folded.indexOf('/');
        while (end >= 0) {
            if (register(path.substring(0, end), folded.substring(0, foldedEnd), Kind.IMPLIED_FOLDER)) {
                fresh.add(new EntryName(path.substring(0, end)));
            }
            end = path.indexOf('/', end + 1);
            foldedEnd = folded.indexOf('/', foldedEnd + 1);
        }
        if (register(path, folded, kind) && kind == Kind.FOLDER) {
            fresh.add(name);
        }
        return fresh;
    }

    /** @return whether it was not known yet */
    private boolean register(String path, String folded, Kind kind) throws RefusalException {
        Known known = byFoldedPath.putIfAbsent(folded, new Known(path, kind));
        if (known == null) {
            return true;
        }
        if (!known.path().equals(path)) {
            throw clash(path, known, "differ only in upper and lower case or in their Unicode form");
        }
        if (known.kind() == Kind.FILE && kind == Kind.FILE || known.kind() == Kind.FOLDER && kind == Kind.FOLDER) {
            throw clash(path, known, "are the same");
        }
        if (known.kind() == Kind.FILE || kind == Kind.FILE) {
            throw clash(path, known, "are a file and a folder");
        }
        if (kind == Kind.FOLDER) {
            byFoldedPath.put(folded, new Known(path, Kind.FOLDER));
        }
        return false;
    }

    private static RefusalException clash(String path, Known known, String how) {
        return RefusalException.unsafe("The package has two entries, '" + Text.abbreviate(known.path()) + "' and '"
                + Text.abbreviate(path) + "', that " + how + ". Keep one of them and pack again.");
    }

    /** Upper case comes first because several letters, such as the long s, meet only there. */
    private static String fold(String path) {
        String cased = Normalizer.normalize(path, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return Normalizer.normalize(cased, Normalizer.Form.NFC);
    }
}
