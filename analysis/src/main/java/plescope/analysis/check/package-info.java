/** Quality audit of a log: what it holds, what is damaged or missing, and what each report then cannot know. */
package plescope.analysis.check;
