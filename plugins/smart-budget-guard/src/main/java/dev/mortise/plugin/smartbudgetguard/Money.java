package dev.mortise.plugin.smartbudgetguard;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Whole billionths of a US dollar, so that the state store can count it; what is less is rounded up. */
record Money(long nanos) {

    static final Money ZERO = new Money(0);

    private static final int DECIMALS = 9;

    /** @throws ArithmeticException above nine thousand million dollars */
    static Money ofDollars(BigDecimal dollars) {
        return new Money(dollars.movePointRight(DECIMALS)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact());
    }

    BigDecimal dollars() {
        return BigDecimal.valueOf(nanos, DECIMALS).stripTrailingZeros();
    }

    Money plus(Money other) {
        return new Money(nanos + other.nanos);
    }

    Money minus(Money other) {
        return new Money(nanos - other.nanos);
    }

    boolean isMoreThan(Money other) {
        return nanos > other.nanos;
    }

    Money orZero() {
        return nanos < 0 ? ZERO : this;
    }

    /** All of nothing is reached at once. */
    BigDecimal shareOf(Money whole) {
        return whole.nanos == 0
                ? BigDecimal.ONE
                : BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(whole.nanos), DECIMALS, RoundingMode.HALF_EVEN);
    }

    /** Such as {@code 80%}. */
    static String percent(BigDecimal share) {
        return share.movePointRight(2).setScale(0, RoundingMode.HALF_EVEN).toPlainString() + "%";
    }

    /** Such as {@code $0.0625}. */
    String text(int decimals) {
        return "$" + dollars().setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }
}
