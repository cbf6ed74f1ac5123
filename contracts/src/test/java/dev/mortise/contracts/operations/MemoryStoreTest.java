package dev.mortise.contracts.operations;

final class MemoryStoreTest extends StoreContract {

    private final Store store = new MemoryStore();

    @Override
    protected Store store() {
        return store;
    }
}
