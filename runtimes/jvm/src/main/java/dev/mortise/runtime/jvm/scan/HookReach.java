package dev.mortise.runtime.jvm.scan;

import dev.mortise.api.Hook;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the calls of a package from its hooks, finds those that wait, and whether all of it can be stopped. It goes by
 * what could be called: all overriding methods, lambdas where they are made and where their interface is called, and for
 * an object that is made, whatever the JDK could call of it. For use by one thread.
 */
final class HookReach {

    private static final String EXECUTE = "execute(Ldev/mortise/api/HookContext;)Ldev/mortise/api/Decision;";
    private static final String INITIALIZER = "<clinit>()V";
    private static final Set<Category> INPUT_AND_OUTPUT =
            EnumSet.of(Category.FILES, Category.NETWORK, Category.LISTEN, Category.PROCESSES);

    private final PackageClasses classes;
    private final Collection<ScannedClass> reached;
    private final ReferenceRules references;
    private final ReferenceRules waits;
    private final StoppableCode stoppable;

    private final Map<String, Map<String, MethodModel>> methods = new HashMap<>();
    private final Map<String, List<ScannedClass>> declaring = new HashMap<>();
    private final Map<String, Set<String>> ancestors = new HashMap<>();
    private @Nullable Map<String, List<Reference>> lambdas;

    private final PackageCycles cycles;
    private final Set<String> seen = new HashSet<>();
    private final Set<Reference> called = new HashSet<>();
    private final Queue<Place> open = new ArrayDeque<>();
    private final Map<String, Violation> violations = new LinkedHashMap<>();

    private boolean allStoppable = true;

    private record Place(ScannedClass type, String method, String hook) {}

    /** @param reached the classes that can be called at all */
    HookReach(
            PackageClasses classes,
            Collection<ScannedClass> reached,
            ReferenceRules references,
            ReferenceRules waits,
            StoppableCode stoppable) {
        this.classes = classes;
        this.reached = reached;
        this.references = references;
        this.waits = waits;
        this.stoppable = stoppable;
        this.cycles = new PackageCycles(classes);
    }

    /**
     * What was found.
     *
     * @param stoppable whether there are hooks, and all that they can reach can be stopped at any time
     */
    record Findings(List<Violation> violations, boolean stoppable) {}

    Findings follow() {
        for (ScannedClass type : reached) {
            if (mayBeHook(type)) {
                visit(type, EXECUTE, type.name());
            }
        }
        boolean hooks = !open.isEmpty();
        if (hooks) {
            index();
        }
        while (!open.isEmpty()) {
            follow(open.remove());
        }
        List<Violation> found = List.copyOf(violations.values());
        return new Findings(found, hooks && found.isEmpty() && allStoppable && areCallBacksStoppable());
    }

    /** What another plugin's classes inherit from is not known here. */
    private boolean mayBeHook(ScannedClass type) {
        return ancestors(type).stream()
                .anyMatch(ancestor -> ancestor.equals(Hook.class.getName()) || classes.isForeign(ancestor));
    }

    /** What has been made elsewhere may be called in a hook by the JDK, such as a comparator in a field. */
    private boolean areCallBacksStoppable() {
        for (ScannedClass type : reached) {
            callBacks(type, type.name());
        }
        lambdas()
                .forEach((made, all) -> all.forEach(lambda -> {
                    allStoppable &= stoppable.isStoppable(lambda) && stoppable.isStoppable(made, lambda);
                    classes.find(lambda.owner())
                            .ifPresent(type -> visit(type, lambda.member() + lambda.descriptor(), type.name()));
                }));
        while (allStoppable && !open.isEmpty()) {
            follow(open.remove());
        }
        return allStoppable && cycles.allPoll();
    }

    private void index() {
        for (ScannedClass type : reached) {
            type.declared()
                    .forEach(key -> declaring
                            .computeIfAbsent(key, _ -> new ArrayList<>())
                            .add(type));
        }
    }

    private Set<String> ancestors(ScannedClass type) {
        return ancestors.computeIfAbsent(type.name(), _ -> classes.ancestors(type));
    }

    /** The method of the class, or the one that it inherits from another class of the package. */
    private void visit(ScannedClass type, String method, String hook) {
        if (type.declared().contains(method)) {
            enqueue(type, method, hook);
            return;
        }
        for (String ancestor : ancestors(type)) {
            classes.find(ancestor)
                    .filter(parent -> parent.declared().contains(method))
                    .ifPresent(parent -> enqueue(parent, method, hook));
        }
    }

    private void enqueue(ScannedClass type, String method, String hook) {
        // Once, for the first hook that gets there.
        if (seen.add(type.name() + "." + method)) {
            open.add(new Place(type, method, hook));
        }
    }

    private Map<String, MethodModel> methods(ScannedClass type) {
        return methods.computeIfAbsent(type.name(), _ -> {
            Map<String, MethodModel> found = new HashMap<>();
            type.model().methods().forEach(method -> found.put(ScannedClass.key(method), method));
            return found;
        });
    }

    private void follow(Place place) {
        MethodModel method = methods(place.type()).get(place.method());
        if (method == null) {
            return;
        }
        allStoppable &= stoppable.isStoppable(method) && stoppable.isStoppable(ancestors(place.type()));
        cycles.add(place.type(), place.method());
        for (MethodReferences.Use use : MethodReferences.of(method)) {
            Reference reference = use.reference();
            if (reference.isMember()) {
                judge(place, method, use);
                classes.find(reference.owner()).ifPresent(owner -> visit(owner, INITIALIZER, place.hook()));
                if (reference.isMethod()) {
                    cycles.call(place.type(), place.method(), reference);
                }
                if (reference.isMethod() && called.add(reference)) {
                    call(reference, place.hook());
                }
            }
        }
    }

    private void judge(Place place, MethodModel method, MethodReferences.Use use) {
        Reference reference = use.reference();
        allStoppable &= stoppable.isStoppable(reference);
        Rule rule = references.of(reference);
        boolean inputOrOutput = !rule.isFree() && INPUT_AND_OUTPUT.contains(rule.category());
        if (inputOrOutput || !waits.of(reference).isFree()) {
            String name = method.methodName().stringValue();
            violations.putIfAbsent(
                    place.type().name() + "." + place.method() + " " + reference.target(),
                    new Violation(
                            place.type().name(),
                            Optional.of(name),
                            place.type().sourceFile(),
                            use.line(),
                            reference.described(),
                            reference.target(),
                            "the hook is " + place.hook() + "; ",
                            new Rule(Category.BLOCKING, Requirement.Needs.one(Permission.BLOCKING))));
        }
    }

    private void call(Reference reference, String hook) {
        String key = reference.member() + reference.descriptor();
        Optional<ScannedClass> owner = classes.find(reference.owner());
        owner.ifPresent(type -> visit(type, key, hook));
        if (reference.isConstructor()) {
            owner.ifPresent(type -> callBacks(type, hook));
            return;
        }
        for (ScannedClass type : declaring.getOrDefault(key, List.of())) {
            if (inherits(type, reference.owner())) {
                enqueue(type, key, hook);
            }
        }
        for (Reference lambda : lambdas().getOrDefault(reference.owner() + "#" + reference.member(), List.of())) {
            allStoppable &= stoppable.isStoppable(lambda);
            classes.find(lambda.owner()).ifPresent(type -> visit(type, lambda.member() + lambda.descriptor(), hook));
        }
    }

    private boolean inherits(ScannedClass type, String parent) {
        Set<String> all = ancestors(type);
        return all.contains(parent)
                || (!classes.has(parent)
                        && all.stream().anyMatch(each -> classes.jdk().isSubclass(each, parent)));
    }

    /** What the JDK may call of an object: the methods of the JDK's that its class overrides. */
    private void callBacks(ScannedClass type, String hook) {
        Set<String> names = new HashSet<>();
        List<ScannedClass> line = new ArrayList<>(List.of(type));
        for (String ancestor : ancestors(type)) {
            classes.find(ancestor)
                    .ifPresentOrElse(line::add, () -> names.addAll(classes.jdk().overridableMethods(ancestor)));
        }
        for (ScannedClass each : line) {
            methods(each).forEach((key, method) -> {
                String name = method.methodName().stringValue();
                if (names.contains(name) && !method.flags().has(AccessFlag.STATIC)) {
                    enqueue(each, key, hook);
                }
            });
        }
    }

    /** What lambdas and method references do, by the interface and the method of it that they are made for. */
    private Map<String, List<Reference>> lambdas() {
        Map<String, List<Reference>> found = lambdas;
        if (found == null) {
            found = new HashMap<>();
            for (ScannedClass type : reached) {
                if (!type.bootstraps().isEmpty()) {
                    addLambdas(type, found);
                }
            }
            lambdas = found;
        }
        return found;
    }

    private static void addLambdas(ScannedClass type, Map<String, List<Reference>> found) {
        for (MethodModel method : type.model().methods()) {
            for (MethodReferences.Use use : MethodReferences.of(method)) {
                if (!use.made().isEmpty() && use.reference().isMethod()) {
                    found.computeIfAbsent(use.made(), _ -> new ArrayList<>()).add(use.reference());
                }
            }
        }
    }
}
