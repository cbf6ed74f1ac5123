package dev.mortise.contracts.operations;

final class ConfiguredStatusTest extends StatusProviderContract {

    @Override
    protected StatusProvider provider() {
        return new ConfiguredStatus();
    }

    @Override
    protected Component operational() {
        return ConfiguredStatus.component("site", "operational");
    }

    @Override
    protected Component down() {
        return ConfiguredStatus.component("site", "down");
    }

    @Override
    protected Component senseless() {
        return ConfiguredStatus.component("site", "purple");
    }
}
