package dev.mortise.runtime.jvm.scan;

/**
 * All tables.
 *
 * @param references what code may refer to, and with which permission
 * @param waits what waits
 * @param stoppable what code may call and still be stopped at any time
 */
record RuleTables(RuleTable references, RuleTable waits, RuleTable stoppable) {

    static RuleTables read() {
        return new RuleTables(RuleTable.references(), RuleTable.waits(), RuleTable.stoppable());
    }
}
