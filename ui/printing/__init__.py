# SPDX-License-Identifier: MIT
"""Lists on paper: any page hands over a title, columns and rows, and gets preview, print and PDF.

A list is read and set in a job, page by page; nothing here knows what the rows are about.
"""
