/** The HTML page: findings and pictures of one schedule in a single file that needs no network. */
package plescope.analysis.html;
