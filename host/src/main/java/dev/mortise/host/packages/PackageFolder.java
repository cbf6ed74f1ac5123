package dev.mortise.host.packages;

import dev.mortise.host.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder on the host's disk, read as a package.
 *
 * <p>Left out is what version control, editors, file managers and builds leave in a plugin's folder and no plugin needs:
 * at any depth {@code .git}, {@code .hg}, {@code .svn}, {@code .idea}, {@code .vscode}, {@code .gradle},
 * {@code .venv}, {@code __pycache__}, {@code .DS_Store}, {@code Thumbs.db} and names that end in {@code ~} or
 * {@code .swp}; at the top also {@code target}. A link to a file within the folder is read as that file; any other link
 * is refused, and so is what is neither file nor folder.
 */
final class PackageFolder {

    private static final Set<String> LEFT_OUT = Set.of(
            ".git", ".hg", ".svn", ".idea", ".vscode", ".gradle", ".venv", "__pycache__", ".DS_Store", "Thumbs.db");
    private static final String BUILD_OUTPUT = "target";

    private final Path root;
    private final PackageLimits limits;

    /** @param root as it really is, without links in its path */
    private PackageFolder(Path root, PackageLimits limits) {
        this.root = root;
        this.limits = limits;
    }

    static PackageFolder open(Path folder, PackageLimits limits) throws IOException {
        return new PackageFolder(folder.toRealPath(), limits);
    }

    /** What is in it, sorted by name so that a folder always comes before its content. */
    List<Item> list() throws IOException {
        List<Item> items = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.equals(root)) {
                    return FileVisitResult.CONTINUE;
                }
                if (isLeftOut(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                add(items, new Item(nameOf(folder) + "/", folder, true));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!isLeftOut(file)) {
                    add(items, new Item(nameOf(file), contentOf(file, attributes), false));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        items.sort(Comparator.comparing(Item::name));
        return items;
    }

    /** Passes the items, checked, to the sink. */
    void read(List<Item> items, EntrySink sink) throws IOException {
        EntryGate gate = new EntryGate(limits, UnpackBudget.forFolder(limits), sink);
        for (Item item : items) {
            if (item.isFolder()) {
                gate.folder(item.name());
            } else {
                try (InputStream content = Files.newInputStream(item.path(), LinkOption.NOFOLLOW_LINKS)) {
                    gate.file(item.name(), isExecutable(item.path()), content);
                }
            }
        }
    }

    /** Early, so that a folder named by mistake, such as the root of the disk, is not walked to its end. */
    private void add(List<Item> items, Item item) throws RefusalException {
        if (items.size() == limits.entries()) {
            throw EntryGate.tooManyEntries(limits);
        }
        items.add(item);
    }

    private boolean isLeftOut(Path path) {
        String name = path.getFileName().toString();
        return LEFT_OUT.contains(name)
                || name.endsWith("~")
                || name.endsWith(".swp")
                || name.equals(BUILD_OUTPUT) && root.equals(path.getParent());
    }

    private String nameOf(Path path) {
        String relative = root.relativize(path).toString();
        String separator = root.getFileSystem().getSeparator();
        return separator.equals("/") ? relative : relative.replace(separator, "/");
    }

    private Path contentOf(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile()) {
            return file;
        }
        if (!attributes.isSymbolicLink()) {
            throw unsafe(file, "is neither a file nor a folder. Leave it out");
        }
        Path target = follow(file)
                .filter(path -> path.startsWith(root))
                .orElseThrow(() -> unsafe(file, "is a link that leads out of the folder or nowhere. Put a copy there"));
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw unsafe(file, "is a link to something else than a file. Put a copy there");
        }
        return target;
    }

    private static Optional<Path> follow(Path link) throws IOException {
        try {
            return Optional.of(link.toRealPath());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private RefusalException unsafe(Path file, String why) {
        return RefusalException.unsafe("The package's entry '" + Text.abbreviate(nameOf(file)) + "' " + why + ".");
    }

    private static boolean isExecutable(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }

    /**
     * @param name within the package; a folder's ends with a slash
     * @param path to read it from, never a link
     */
    record Item(String name, Path path, boolean isFolder) {}
}
