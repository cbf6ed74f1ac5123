package dev.mortise.plugin.smartbudgetguard;

/** The estimated cost of a request that is under way, counted as spent on a day. */
record Reservation(BudgetDay day, Payer payer, Money amount) {}
