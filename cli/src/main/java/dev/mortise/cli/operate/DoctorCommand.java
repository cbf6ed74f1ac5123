package dev.mortise.cli.operate;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.ExitCode;
import dev.mortise.cli.HostOptions;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.DataDirectory;
import dev.mortise.cli.output.Output;
import dev.mortise.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks for what is wrong with an installation, and says what to do about it. */
@Command(name = "doctor", description = "Check this installation and the host; say what to do about what is wrong.")
public final class DoctorCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HostOptions options = new HostOptions();

    public DoctorCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        DataDirectory data = DataDirectory.of(shell, options.data());
        List<Finding> findings = new ArrayList<>();
        findings.addAll(ProgramCheck.of(shell));
        findings.addAll(SandboxCheck.all());
        findings.addAll(DataCheck.of(data));
        findings.addAll(HostCheck.of(shell, options, data));
        boolean failed = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL);
        JsonObject report = JsonObject.of("ok", !failed)
                .with("checks", findings.stream().map(Finding::toJson).toList());
        Output output = new Output(shell, options.json());
        output.show(report, _ -> show(findings, output));
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static void show(List<Finding> findings, Output output) {
        Table table = Table.of("check", "", "found");
        findings.forEach(finding -> table.row(
                finding.check(),
                finding.level().label(),
                finding.remedy().isEmpty() ? finding.found() : finding.found() + "; " + finding.remedy()));
        output.table(table);
    }
}
