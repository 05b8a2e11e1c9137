ATTACH '{file}' AS original (READ_ONLY);
