/** People who chat while things break, and write down what they see. */
@NullMarked
package chat.plenary.lab.workload;

import org.jspecify.annotations.NullMarked;
