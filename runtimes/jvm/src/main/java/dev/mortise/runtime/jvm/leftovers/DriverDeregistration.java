package dev.mortise.runtime.jvm.leftovers;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Takes the drivers of its own class loader out of the JDK's list. Not used by the host itself: the list shows a driver
 * only to callers of the driver's loader, so that loader defines this class anew. Refers to JDK types only.
 */
public final class DriverDeregistration implements Callable<List<String>> {

    /** The class names of the drivers that were there. */
    @Override
    public List<String> call() throws SQLException {
        List<String> names = new ArrayList<>();
        for (Driver driver : DriverManager.drivers().toList()) {
            if (DriverDeregistration.class
                    .getClassLoader()
                    .equals(driver.getClass().getClassLoader())) {
                DriverManager.deregisterDriver(driver);
                names.add(driver.getClass().getName());
            }
        }
        return names;
    }
}
