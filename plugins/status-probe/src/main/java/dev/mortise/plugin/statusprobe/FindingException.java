package dev.mortise.plugin.statusprobe;

/** A probe need not go on: what there is to find is known. */
public final class FindingException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Finding finding;

    public FindingException(Finding finding) {
        super(finding.message());
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
